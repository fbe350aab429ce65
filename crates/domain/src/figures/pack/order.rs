//! Orders things so that none precedes what it needs, and finds the circles that make this impossible.

/// `needs[i]` lists what `i` needs. Returns an order that keeps the given one where it can, and every circle found, each
/// starting at its first member; members of circles keep their given place.
pub(super) fn sort(needs: &[Vec<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut walk =
        Walk { needs, state: vec![State::New; needs.len()], path: Vec::new(), order: Vec::new(), cycles: Vec::new() };
    for start in 0..needs.len() {
        walk.visit(start);
    }
    (walk.order, walk.cycles)
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk<'a> {
    needs: &'a [Vec<usize>],
    state: Vec<State>,
    /// What is being visited, with the position of the next need to look at.
    path: Vec<(usize, usize)>,
    order: Vec<usize>,
    cycles: Vec<Vec<usize>>,
}

impl Walk<'_> {
    fn visit(&mut self, start: usize) {
        if self.state[start] != State::New {
            return;
        }
        self.open(start);
        while let Some((node, next)) = self.path.last_mut() {
            let (node, position) = (*node, *next);
            *next += 1;
            match self.needs[node].get(position) {
                Some(&need) if self.state[need] == State::New => self.open(need),
                Some(&need) if self.state[need] == State::Open => self.close_circle(need),
                Some(_) => {}
                None => {
                    self.state[node] = State::Done;
                    self.order.push(node);
                    self.path.pop();
                }
            }
        }
    }

    fn open(&mut self, node: usize) {
        self.state[node] = State::Open;
        self.path.push((node, 0));
    }

    fn close_circle(&mut self, node: usize) {
        let from = self.path.iter().position(|(open, _)| *open == node).unwrap_or_default();
        let mut circle: Vec<usize> = self.path[from..].iter().map(|(open, _)| *open).collect();
        let least = circle.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(at, _)| at);
        circle.rotate_left(least);
        if !self.cycles.contains(&circle) {
            self.cycles.push(circle);
        }
    }
}
