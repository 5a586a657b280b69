//! Flow from sources to sinks over arcs with capacity: as much as can get through, and as evenly as that allows.
//! Pure. The greatest flow is unique; among the ways to share it, every sink first gets the same share of what it
//! wants, as large as can be; what is left goes out in the order of `ties`.

/// A network of numbered nodes. Capacities and demands are in any one unit, not negative.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Number of nodes.
    pub nodes: usize,
    /// One-way arcs: from, to, capacity.
    pub arcs: Vec<(usize, usize, i64)>,
    /// Nodes that give: node, at most.
    pub sources: Vec<(usize, i64)>,
    /// Nodes that want: node, how much.
    pub sinks: Vec<(usize, i64)>,
}

/// What flows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    /// To each sink.
    pub delivered: Vec<i64>,
    /// Over each arc.
    pub load: Vec<i64>,
}

impl Network {
    /// The greatest flow there can be.
    pub fn maximum(&self) -> i64 {
        let shape = Shape::new(self);
        let mut residual = Residual::new(&shape);
        (0..self.sinks.len())
            .map(|i| residual.serve(i, self.sinks[i].1))
            .sum()
    }

    /// The fair flow; `ties` orders the sinks for what cannot be shared evenly.
    pub fn fair(&self, ties: &[usize]) -> Flow {
        let shape = Shape::new(self);
        // What all depots give together, and whom no way reaches, says in most cases what cannot be.
        let supply: i64 = self.sources.iter().map(|(_, n)| (*n).max(0)).sum();
        let reached = Residual::new(&shape).reached();
        let share = |permille: i64| -> Option<Residual> {
            let part = |wants: i64| wants * permille / 1000;
            let all: i64 = self.sinks.iter().map(|(_, wants)| part(*wants)).sum();
            let cut_off = |(node, wants): &(usize, i64)| part(*wants) > 0 && !reached[*node];
            if all > supply || self.sinks.iter().any(cut_off) {
                return None;
            }
            let mut residual = Residual::new(&shape);
            for (i, (_, wants)) in self.sinks.iter().enumerate() {
                if residual.serve(i, part(*wants)) < part(*wants) {
                    return None;
                }
            }
            Some(residual)
        };
        let mut best = share(1000);
        let (mut low, mut high) = (0, if best.is_some() { 1 } else { 1000 });
        while high - low > 1 {
            let middle = i64::midpoint(low, high);
            match share(middle) {
                Some(residual) => {
                    low = middle;
                    best = Some(residual);
                }
                None => high = middle,
            }
        }
        let mut residual = best.unwrap_or_else(|| Residual::new(&shape));
        for i in ties.iter().copied().filter(|i| *i < self.sinks.len()) {
            let left = self.sinks[i].1 - residual.served[i];
            residual.serve(i, left);
        }
        Flow {
            load: (0..self.arcs.len())
                .map(|i| self.arcs[i].2 - residual.capacity[2 * i])
                .collect(),
            delivered: residual.served,
        }
    }
}

/// The arcs of a network both ways: even numbers forward, odd backward. What never changes while it is served.
struct Shape {
    to: Vec<u32>,
    capacity: Vec<i64>,
    /// Arcs out of each node: where its list starts, and the lists.
    starts: Vec<u32>,
    out: Vec<u32>,
    source: usize,
    sinks: Vec<usize>,
}

impl Shape {
    fn new(network: &Network) -> Self {
        let source = network.nodes;
        let arcs = network.arcs.iter().copied();
        let given = network.sources.iter();
        let arcs = arcs.chain(given.map(|(node, capacity)| (source, *node, *capacity)));
        let ends: Vec<(usize, usize, i64)> = arcs.collect();
        let mut starts = vec![0_u32; source + 2];
        for (from, to, _) in &ends {
            starts[from + 1] += 1;
            starts[to + 1] += 1;
        }
        for n in 0..=source {
            starts[n + 1] += starts[n];
        }
        let mut next = starts.clone();
        let mut out = vec![0; 2 * ends.len()];
        let mut to = Vec::with_capacity(2 * ends.len());
        let mut capacity = Vec::with_capacity(2 * ends.len());
        for (i, (a, b, room)) in (0_u32..).zip(&ends) {
            for (node, arc) in [(a, 2 * i), (b, 2 * i + 1)] {
                out[next[*node] as usize] = arc;
                next[*node] += 1;
            }
            to.extend([*b as u32, *a as u32]);
            capacity.extend([(*room).max(0), 0]);
        }
        Self {
            to,
            capacity,
            starts,
            out,
            source,
            sinks: network.sinks.iter().map(|(node, _)| *node).collect(),
        }
    }
}

/// No arc.
const NONE: u32 = u32::MAX;

/// What may still flow. The tree of shortest ways is kept until one of its arcs is full: what flows along it opens only
/// ways back towards the source, which lead nowhere new.
struct Residual<'a> {
    shape: &'a Shape,
    capacity: Vec<i64>,
    served: Vec<i64>,
    /// The arc by which each node is reached.
    by: Vec<u32>,
    fresh: bool,
    open: Vec<u32>,
}

impl<'a> Residual<'a> {
    fn new(shape: &'a Shape) -> Self {
        Self {
            shape,
            capacity: shape.capacity.clone(),
            served: vec![0; shape.sinks.len()],
            by: vec![NONE; shape.source + 1],
            fresh: false,
            open: Vec::new(),
        }
    }

    /// Nodes to which any way leads.
    fn reached(mut self) -> Vec<bool> {
        self.search();
        self.by.iter().map(|arc| *arc != NONE).collect()
    }

    /// The tree of shortest ways from the source, arcs in the order in which they were given.
    fn search(&mut self) {
        self.by.fill(NONE);
        self.open.clear();
        self.open.push(self.shape.source as u32);
        let mut next = 0;
        while let Some(&node) = self.open.get(next) {
            next += 1;
            let node = node as usize;
            let from = self.shape.starts[node] as usize;
            for arc in &self.shape.out[from..self.shape.starts[node + 1] as usize] {
                let to = self.shape.to[*arc as usize] as usize;
                if self.capacity[*arc as usize] > 0
                    && self.by[to] == NONE
                    && to != self.shape.source
                {
                    self.by[to] = *arc;
                    self.open.push(to as u32);
                }
            }
        }
        self.fresh = true;
    }

    /// Sends up to `amount` more to a sink by shortest augmenting ways; what others have is rerouted, never taken.
    fn serve(&mut self, sink: usize, amount: i64) -> i64 {
        let goal = self.shape.sinks[sink];
        let mut sent = 0;
        while sent < amount {
            if !self.fresh {
                self.search();
            }
            let mut push = amount - sent;
            let mut node = goal;
            while node != self.shape.source && self.by[node] != NONE {
                let arc = self.by[node] as usize;
                push = push.min(self.capacity[arc]);
                node = self.shape.to[arc ^ 1] as usize;
            }
            if node != self.shape.source || push == 0 {
                break;
            }
            node = goal;
            while node != self.shape.source {
                let arc = self.by[node] as usize;
                self.capacity[arc] -= push;
                self.capacity[arc ^ 1] += push;
                self.fresh &= self.capacity[arc] > 0;
                node = self.shape.to[arc ^ 1] as usize;
            }
            sent += push;
        }
        self.served[sink] += sent;
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(capacity: i64) -> Network {
        Network {
            nodes: 3,
            arcs: vec![(0, 1, 100), (1, 2, capacity)],
            sources: vec![(0, 1000)],
            sinks: vec![(1, 60), (2, 60)],
        }
    }

    #[test]
    fn shares_evenly_then_gives_the_rest() {
        let flow = line(100).fair(&[0, 1]);
        assert_eq!(flow.delivered.iter().sum::<i64>(), 100);
        assert!(
            (flow.delivered[0] - flow.delivered[1]).abs() <= 1,
            "{flow:?}"
        );
        assert_eq!(line(10).fair(&[0, 1]).delivered, [60, 10]);
        assert_eq!(line(10).maximum(), 70);
    }

    #[test]
    fn cutting_an_arc_never_raises_the_maximum() {
        let mut network = Network {
            nodes: 5,
            arcs: vec![
                (0, 1, 7),
                (0, 2, 5),
                (1, 3, 4),
                (2, 3, 9),
                (1, 2, 3),
                (3, 4, 8),
                (2, 4, 2),
            ],
            sources: vec![(0, 20)],
            sinks: vec![(3, 6), (4, 9)],
        };
        let whole = network.maximum();
        assert_eq!(network.fair(&[1, 0]).delivered.iter().sum::<i64>(), whole);
        for i in 0..network.arcs.len() {
            let kept = std::mem::replace(&mut network.arcs[i].2, 0);
            assert!(network.maximum() <= whole);
            network.arcs[i].2 = kept;
        }
    }
}
