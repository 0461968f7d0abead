//! Who is who: which identifiers are one person, as far as links say so.
//!
//! A strong link (a login, a verified number) joins for good, until it is taken back. A weak one (a
//! cookie, a shared device) joins an identifier to a person only while it points to nobody else, and
//! never joins two identifiers that are known by themselves. Everything is worked out anew from the
//! latest word on every link, so a mistake can be undone.

use crate::event::history::{Identity, LinkState, Strength};
use crate::order::sort;

/// Identifiers and the persons they belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities<'a> {
    /// Sorted.
    names: Vec<&'a str>,
    /// For each name, one name of its set.
    sets: Vec<usize>,
    /// For each name, whether it is known by itself.
    strong: Vec<bool>,
    /// For each name, whether nobody can say whose it is.
    uncertain: Vec<bool>,
    conflicts: Vec<Conflict<'a>>,
}

/// Two persons that a weak link would have made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict<'a> {
    /// The one.
    pub a: &'a str,
    /// The other.
    pub b: &'a str,
}

/// The latest word on a pair.
#[derive(Clone, Copy)]
struct Link {
    a: usize,
    b: usize,
    strength: Strength,
}

impl<'a> Identities<'a> {
    /// From links in the order of their events, and the identifiers under which sources know somebody.
    #[must_use]
    pub fn new(
        links: impl Iterator<Item = &'a Identity> + Clone,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut names: Vec<&str> =
            links.clone().flat_map(|link| [link.a.as_str(), link.b.as_str()]).collect();
        sort(&mut names, Ord::cmp);
        names.dedup();
        let mut out = Self {
            sets: (0..names.len()).collect(),
            strong: vec![false; names.len()],
            uncertain: vec![false; names.len()],
            conflicts: Vec::new(),
            names,
        };
        let links = out.latest(links);
        for name in known {
            out.mark(name);
        }
        for link in links.iter().filter(|link| link.strength == Strength::Strong) {
            for end in [link.a, link.b] {
                if let Some(strong) = out.strong.get_mut(end) {
                    *strong = true;
                }
            }
            out.join(link.a, link.b);
        }
        let weak = links.into_iter().filter(|link| link.strength == Strength::Weak);
        out.weak(&weak.collect::<Vec<_>>());
        out
    }

    fn mark(&mut self, name: &str) {
        if let Some(strong) = self.place(name).and_then(|i| self.strong.get_mut(i)) {
            *strong = true;
        }
    }

    /// Every pair that is linked, by the latest word on it.
    fn latest(&self, links: impl Iterator<Item = &'a Identity>) -> Vec<Link> {
        let mut all: Vec<(Link, LinkState)> = Vec::new();
        for link in links {
            let (Some(a), Some(b)) = (self.place(&link.a), self.place(&link.b)) else { continue };
            let link_of = Link { a: a.min(b), b: a.max(b), strength: link.strength };
            all.push((link_of, link.state));
        }
        sort(&mut all, |(x, _), (y, _)| (x.a, x.b).cmp(&(y.a, y.b)));
        let pairs = all.chunk_by(|(x, _), (y, _)| (x.a, x.b) == (y.a, y.b));
        let latest = pairs.filter_map(|pair| pair.last());
        latest.filter(|(_, state)| *state == LinkState::Linked).map(|(link, _)| *link).collect()
    }

    /// What weak links add once strong ones have been followed.
    fn weak(&mut self, links: &[Link]) {
        let between: Vec<(usize, usize)> =
            links.iter().map(|link| (self.root(link.a), self.root(link.b))).collect();
        // For each set, up to two others that weak links tie it to: two are as bad as ten.
        let mut tied: Vec<[Option<usize>; 2]> = vec![[None; 2]; self.names.len()];
        let mut tie = |from: usize, to: usize| {
            let Some([first, second]) = tied.get_mut(from) else { return };
            match *first {
                None => *first = Some(to),
                Some(known) if known != to => *second = Some(to),
                Some(_) => {}
            }
        };
        for (a, b) in between.iter().filter(|(a, b)| a != b) {
            tie(*a, *b);
            tie(*b, *a);
        }
        let known = |i: usize| self.strong.get(i).copied().unwrap_or(false);
        // An end that is known by itself may have several devices. One that is not, and points to
        // several others, is nobody in particular.
        let torn = |end: usize, set: usize| {
            !known(end) && tied.get(set).is_some_and(|[_, second]| second.is_some())
        };
        let mut uncertain = vec![false; self.names.len()];
        let (mut joins, mut conflicts) = (Vec::new(), Vec::new());
        for (link, (a, b)) in links.iter().zip(&between).filter(|(_, (a, b))| a != b) {
            if known(link.a) && known(link.b) {
                conflicts.extend(self.pair(link.a, link.b));
            } else if torn(link.a, *a) || torn(link.b, *b) {
                for set in [*a, *b] {
                    if let Some(slot) = uncertain.get_mut(set) {
                        *slot = true;
                    }
                }
            } else {
                joins.push((link.a, link.b));
            }
        }
        let of_set = |i: usize| uncertain.get(self.root(i)).copied().unwrap_or(false);
        self.uncertain = (0..self.names.len()).map(of_set).collect();
        for (a, b) in joins {
            self.join(a, b);
        }
        sort(&mut conflicts, Ord::cmp);
        conflicts.dedup();
        self.conflicts = conflicts;
    }

    fn pair(&self, a: usize, b: usize) -> Option<Conflict<'a>> {
        Some(Conflict { a: self.names.get(a)?, b: self.names.get(b)? })
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.names.binary_search(&name).ok()
    }

    fn root(&self, mut i: usize) -> usize {
        while let Some(up) = self.sets.get(i).copied().filter(|up| *up != i) {
            i = up;
        }
        i
    }

    /// The smaller root wins, so that sets do not depend on the order of links.
    fn join(&mut self, a: usize, b: usize) {
        let roots = (self.root(a), self.root(b));
        for (end, root) in [(a, roots.0), (b, roots.1)] {
            if let Some(slot) = self.sets.get_mut(end) {
                *slot = root;
            }
        }
        let (a, b) = roots;
        if let Some(slot) = self.sets.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    /// Whether any link speaks of this identifier.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// One name for the person an identifier belongs to: the first of their identifiers.
    #[must_use]
    pub fn canonical<'b>(&'b self, name: &'b str) -> &'b str {
        self.place(name).and_then(|i| self.names.get(self.root(i)).copied()).unwrap_or(name)
    }

    /// Whether two identifiers are one person.
    #[must_use]
    pub fn same(&self, a: &str, b: &str) -> bool {
        a == b || self.canonical(a) == self.canonical(b)
    }

    /// Whether nobody can say whose an identifier is: weak links tie it, or something tied to it, to
    /// several.
    #[must_use]
    pub fn is_uncertain(&self, name: &str) -> bool {
        self.place(name).and_then(|i| self.uncertain.get(i)).copied().unwrap_or(false)
    }

    /// Whether there is such an identifier.
    #[must_use]
    pub fn any_uncertain(&self) -> bool {
        self.uncertain.contains(&true)
    }

    /// Weak links between persons that are known by themselves: never followed, to be looked at.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict<'a>] {
        &self.conflicts
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn link(a: &str, b: &str, strength: Strength, state: LinkState) -> Identity {
        Identity { a: a.into(), b: b.into(), strength, state }
    }
    const STRONG: Strength = Strength::Strong;
    const WEAK: Strength = Strength::Weak;
    const ON: LinkState = LinkState::Linked;

    #[test]
    fn strong_links_join_and_can_be_taken_back() {
        let mut links =
            vec![link("crm-7", "ada@x", STRONG, ON), link("ada@x", "phone-1", STRONG, ON)];
        let found = Identities::new(links.iter(), [].into_iter());
        assert!(found.same("crm-7", "phone-1"));
        assert_eq!(found.canonical("phone-1"), "ada@x");
        links.push(link("phone-1", "ada@x", STRONG, LinkState::Unlinked));
        let found = Identities::new(links.iter(), [].into_iter());
        assert!(found.same("crm-7", "ada@x") && !found.same("crm-7", "phone-1"));
    }

    #[test]
    fn a_device_belongs_to_the_one_it_points_to() {
        let links = [link("device", "ada", WEAK, ON)];
        let found = Identities::new(links.iter(), ["ada"].into_iter());
        assert!(found.same("device", "ada") && !found.any_uncertain());
    }

    #[test]
    fn a_device_that_points_to_two_is_nobody() {
        let links = [link("device", "ada", WEAK, ON), link("bob", "device", WEAK, ON)];
        for known in [vec![], vec!["ada"], vec!["ada", "bob"]] {
            let found = Identities::new(links.iter(), known.into_iter());
            assert!(!found.same("ada", "bob"), "never merged");
            assert!(["device", "ada", "bob"].iter().all(|name| found.is_uncertain(name)));
        }
    }

    #[test]
    fn a_login_settles_whose_device_it_is() {
        let links = [
            link("device", "ada", WEAK, ON),
            link("device", "bob", WEAK, ON),
            link("device", "ada", STRONG, ON),
        ];
        let found = Identities::new(links.iter(), ["ada", "bob"].into_iter());
        assert!(found.same("device", "ada") && !found.same("ada", "bob"));
        assert!(!found.any_uncertain());
        assert_eq!(found.conflicts(), [Conflict { a: "bob", b: "device" }]);
    }

    #[test]
    fn a_person_may_have_two_devices() {
        let links = [link("ada", "phone", WEAK, ON), link("ada", "laptop", WEAK, ON)];
        let found = Identities::new(links.iter(), ["ada"].into_iter());
        assert!(found.same("phone", "laptop") && !found.any_uncertain());
    }

    #[test]
    fn a_weak_link_between_two_customers_is_reported_and_not_followed() {
        let links = [link("ada", "bob", WEAK, ON)];
        let found = Identities::new(links.iter(), ["bob", "ada"].into_iter());
        assert!(!found.same("ada", "bob") && !found.any_uncertain());
        assert_eq!(found.conflicts(), [Conflict { a: "ada", b: "bob" }]);
    }
}
