//! Flow from sources to sinks over arcs with capacity: as much as can get through, and as evenly as that allows.
//! Pure. The greatest flow is unique; among the ways to share it, every sink first gets the same share of what it
//! wants, as large as can be; what is left goes out in the order of `ties`.

use std::collections::VecDeque;

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
        let mut residual = Residual::new(self);
        (0..self.sinks.len())
            .map(|i| residual.serve(i, self.sinks[i].1))
            .sum()
    }

    /// The fair flow; `ties` orders the sinks for what cannot be shared evenly.
    pub fn fair(&self, ties: &[usize]) -> Flow {
        let share = |permille: i64| -> Option<Residual> {
            let mut residual = Residual::new(self);
            for (i, (_, wants)) in self.sinks.iter().enumerate() {
                let part = wants * permille / 1000;
                if residual.serve(i, part) < part {
                    return None;
                }
            }
            Some(residual)
        };
        let (mut low, mut high) = (0, 1001);
        while high - low > 1 {
            let middle = i64::midpoint(low, high);
            if share(middle).is_some() {
                low = middle
            } else {
                high = middle
            }
        }
        let mut residual = share(low).unwrap_or_else(|| Residual::new(self));
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

/// Arcs both ways with what may still flow: even indices forward, odd backward.
struct Residual {
    to: Vec<usize>,
    capacity: Vec<i64>,
    out: Vec<Vec<usize>>,
    gate: Vec<usize>,
    served: Vec<i64>,
    source: usize,
}

impl Residual {
    fn new(network: &Network) -> Self {
        let source = network.nodes;
        let first_gate = source + 1;
        let mut residual = Self {
            to: Vec::new(),
            capacity: Vec::new(),
            out: vec![Vec::new(); first_gate + network.sinks.len()],
            gate: Vec::new(),
            served: vec![0; network.sinks.len()],
            source,
        };
        for (from, to, capacity) in &network.arcs {
            residual.arc(*from, *to, *capacity);
        }
        for (node, capacity) in &network.sources {
            residual.arc(source, *node, *capacity);
        }
        for (i, (node, _)) in network.sinks.iter().enumerate() {
            residual.gate.push(residual.to.len());
            // Opened by `serve` as far as is asked for.
            residual.arc(*node, first_gate + i, 0);
        }
        residual
    }

    fn arc(&mut self, from: usize, to: usize, capacity: i64) {
        self.out[from].push(self.to.len());
        self.to.push(to);
        self.capacity.push(capacity.max(0));
        self.out[to].push(self.to.len());
        self.to.push(from);
        self.capacity.push(0);
    }

    /// Sends up to `amount` more to a sink by shortest augmenting ways; what others have is rerouted, never taken.
    fn serve(&mut self, sink: usize, amount: i64) -> i64 {
        let goal = self.source + 1 + sink;
        self.capacity[self.gate[sink]] += amount;
        let mut sent = 0;
        while sent < amount {
            let mut by: Vec<Option<usize>> = vec![None; self.out.len()];
            let mut open = VecDeque::from([self.source]);
            while let Some(node) = open.pop_front() {
                for &arc in &self.out[node] {
                    let to = self.to[arc];
                    if self.capacity[arc] > 0 && by[to].is_none() && to != self.source {
                        by[to] = Some(arc);
                        open.push_back(to);
                    }
                }
            }
            let mut push = amount - sent;
            let mut node = goal;
            let mut way = Vec::new();
            while node != self.source {
                let Some(arc) = by[node] else { break };
                push = push.min(self.capacity[arc]);
                way.push(arc);
                node = self.to[arc ^ 1];
            }
            if node != self.source || push == 0 {
                break;
            }
            for arc in way {
                self.capacity[arc] -= push;
                self.capacity[arc ^ 1] += push;
            }
            sent += push;
        }
        self.capacity[self.gate[sink]] -= amount - sent;
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
