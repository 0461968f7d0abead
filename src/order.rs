//! Sorting, once for all types. The standard sort is written out anew for every type it is used on, which
//! was a twelfth of the hot module; here only positions are sorted, by a comparison that is called.

use core::cmp::Ordering;

/// Sorts; what compares equal stays in its order.
pub(crate) fn sort<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..list.len()).collect();
    positions(&mut order, &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = core::mem::take(list).into_iter().map(Some).collect();
    list.extend(order.iter().filter_map(|i| taken.get_mut(*i)?.take()));
}

#[inline(never)]
fn positions(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
}

#[cfg(test)]
mod tests {
    #[test]
    fn sorts_and_keeps_equals_in_their_order() {
        let mut list: Vec<(u8, char)> =
            "zebra crossing".chars().map(|c| (c as u8 % 3, c)).collect();
        let mut wanted = list.clone();
        wanted.sort_by_key(|it| it.0);
        super::sort(&mut list, |a, b| a.0.cmp(&b.0));
        assert_eq!(list, wanted);
    }
}
