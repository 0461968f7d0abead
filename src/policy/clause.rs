//! A condition as a conjunction of disjunctions: what a mask can hold.

/// Clauses a rule may have after compilation.
const CLAUSES: usize = 64;
/// A condition after `not` is gone.
pub(super) enum Expr {
    Test(usize),
    All(Vec<Expr>),
    Any(Vec<Expr>),
}

/// The condition as a conjunction of disjunctions; `None` when that grows too large.
pub(super) fn clauses(expr: &Expr) -> Option<Vec<Vec<usize>>> {
    let list = match expr {
        Expr::Test(test) => vec![vec![*test]],
        Expr::All(parts) => {
            let mut list = Vec::new();
            for part in parts {
                list.extend(clauses(part)?);
            }
            list
        }
        Expr::Any(parts) => {
            let mut list: Vec<Vec<usize>> = vec![Vec::new()];
            for part in parts {
                let part = clauses(part)?;
                let pairs = list.iter().flat_map(|left| {
                    part.iter().map(|right| {
                        let mut both = left.clone();
                        both.extend(right);
                        both.sort_unstable();
                        both.dedup();
                        both
                    })
                });
                list = pairs.take(CLAUSES + 1).collect();
            }
            list
        }
    };
    (list.len() <= CLAUSES).then_some(list)
}
