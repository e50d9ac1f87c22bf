//! Chains of imports from some modules to others: all that are needed to see every one of them.

use std::collections::VecDeque;

/// Who imports whom, as far as it counts for one contract; both ways, sorted.
pub(super) struct Net {
    pub(super) out: Vec<Vec<usize>>,
    pub(super) into: Vec<Vec<usize>>,
}

/// What is looked for in a net.
pub(super) struct Search<'n> {
    net: &'n Net,
    /// The modules from which chains start, and those where they end.
    from: &'n [bool],
    to: &'n [bool],
    /// Modules that no chain may pass through.
    closed: &'n [bool],
    /// For each module that chains reach: the one before it on a shortest way.
    before: Vec<Option<usize>>,
    /// For each module from which chains arrive: the one behind it on a shortest way.
    behind: Vec<Option<usize>>,
}

impl<'n> Search<'n> {
    pub(super) fn new(net: &'n Net, from: &'n [bool], to: &'n [bool], closed: &'n [bool]) -> Self {
        let size = from.len();
        let mut search =
            Self { net, from, to, closed, before: vec![None; size], behind: vec![None; size] };
        search.before = search.reach(from, &net.out);
        search.behind = search.reach(to, &net.into);
        search
    }

    /// Whether a chain may pass through a module.
    fn middle(&self, module: usize) -> bool {
        !self.from[module] && !self.to[module] && !self.closed[module]
    }

    /// From where each module in the middle is reached first.
    fn reach(&self, start: &[bool], steps: &[Vec<usize>]) -> Vec<Option<usize>> {
        let mut reached = vec![None; start.len()];
        let mut open: VecDeque<usize> = (0..start.len()).filter(|at| start[*at]).collect();
        while let Some(at) = open.pop_front() {
            for &next in &steps[at] {
                if self.middle(next) && reached[next].is_none() {
                    reached[next] = Some(at);
                    open.push_back(next);
                }
            }
        }
        reached
    }

    /// Whether an import is a part of a chain.
    pub(super) fn on_chain(&self, importer: usize, imported: usize) -> bool {
        let starts = self.from[importer] || self.before[importer].is_some();
        let ends = self.to[imported] || self.behind[imported].is_some();
        let stays = |module: usize| self.from[module] || self.to[module] || self.middle(module);
        starts
            && ends
            && !self.to[importer]
            && !self.from[imported]
            && stays(importer)
            && stays(imported)
    }

    /// The shortest chain that goes over an import which is on one.
    pub(super) fn over(&self, importer: usize, imported: usize) -> Vec<usize> {
        let mut chain = vec![importer];
        let mut at = importer;
        while let Some(before) = self.before[at].filter(|_| !self.from[at]) {
            chain.push(before);
            at = before;
        }
        chain.reverse();
        chain.push(imported);
        let mut at = imported;
        while let Some(behind) = self.behind[at].filter(|_| !self.to[at]) {
            chain.push(behind);
            at = behind;
        }
        chain
    }

    /// Chains that show each module where one starts and each where one ends, sorted: the direct
    /// ones, and one for each way in or out of the middle.
    pub(super) fn all(&self) -> Vec<Vec<usize>> {
        let (mut direct, mut middles) = (Vec::new(), Vec::new());
        for (importer, imports) in self.net.out.iter().enumerate() {
            for &imported in imports.iter().filter(|to| self.on_chain(importer, **to)) {
                let (starts, ends) = (self.from[importer], self.to[imported]);
                if starts && ends {
                    direct.push(vec![importer, imported]);
                } else if starts || ends {
                    let chain = self.over(importer, imported);
                    middles.push(chain[1..chain.len() - 1].to_vec());
                }
            }
        }
        middles.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        middles.dedup();
        // A chain is needed when it enters or leaves the middle where none before it does.
        let (mut entered, mut left) = (vec![false; self.from.len()], vec![false; self.from.len()]);
        let ends = |middle: &Vec<usize>| Some((*middle.first()?, *middle.last()?));
        let mut needed = Vec::new();
        for middle in &middles {
            let Some((first, last)) = ends(middle) else { continue };
            if !entered[first] || !left[last] {
                (entered[first], left[last]) = (true, true);
                needed.push(middle);
            }
        }
        let whole = |middle: &Vec<usize>| {
            let (first, last) = ends(middle)?;
            let mut chain = vec![*self.net.into[first].iter().find(|at| self.from[**at])?];
            chain.extend(middle);
            chain.push(*self.net.out[last].iter().find(|at| self.to[**at])?);
            Some(chain)
        };
        direct.extend(needed.into_iter().filter_map(whole));
        direct
    }
}
