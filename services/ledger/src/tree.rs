//! Inclusion proofs out of the stored leaf hashes: the roots of complete subtrees are kept, the rest is read.

use std::collections::BTreeMap;

use tokio::sync::Mutex;

use crate::merkle::{Hash, node_hash};
use crate::reader::Reader;
use crate::{Head, ReadError};

/// Leaves under one root of the lowest level that is kept: below it, the leaves are read anew.
const BLOCK: u64 = 256;

/// Complete subtrees of a log. What is appended never changes them, so they are right for ever.
#[derive(Default)]
pub(crate) struct Tree(Mutex<Levels>);

/// `levels[j][i]` is the root over the leaves from `i · 256 · 2^j`, 256 · 2^j of them.
#[derive(Default)]
struct Levels(Vec<Vec<Hash>>);

/// The leaves of some blocks.
type Blocks = BTreeMap<u64, Vec<Hash>>;

impl Tree {
    /// For each of these leaves the hashes from its sibling up to the root of the tree of `head`'s size.
    pub(crate) async fn paths(
        &self,
        reader: &dyn Reader,
        head: Head,
        indexes: &[u64],
    ) -> Result<Vec<Vec<Hash>>, ReadError> {
        // Of nothing there is nothing to prove, and an empty log has no tree.
        if indexes.is_empty() {
            return Ok(Vec::new());
        }
        let mut levels = self.0.lock().await;
        while levels.complete() < head.size / BLOCK {
            let block = levels.complete();
            let leaves = read(reader, block, head.size).await?;
            levels.push(crate::merkle::root(&leaves));
        }
        let mut blocks = Blocks::new();
        for index in indexes.iter().copied().chain([head.size.saturating_sub(1)]) {
            let block = index / BLOCK;
            if index < head.size && !blocks.contains_key(&block) {
                blocks.insert(block, read(reader, block, head.size).await?);
            }
        }
        let view = View { levels: &levels, blocks: &blocks };
        if view.root(0, head.size) != Some(head.root) {
            let what = "the stored leaf hashes do not give the root of the head";
            return Err(ReadError::Damaged { log_index: head.size.saturating_sub(1), what });
        }
        let beyond = |index: &u64| ReadError::Damaged { log_index: *index, what: "the event is not in the tree" };
        indexes.iter().map(|index| view.path(*index, head.size).ok_or_else(|| beyond(index))).collect()
    }
}

async fn read(reader: &dyn Reader, block: u64, size: u64) -> Result<Vec<Hash>, ReadError> {
    let (from, to) = (block * BLOCK, size.min((block + 1) * BLOCK));
    let leaves = reader.leaves(from, to).await?;
    if leaves.len() as u64 != to - from {
        return Err(ReadError::Damaged { log_index: from, what: "a leaf hash after it is missing or no hash" });
    }
    Ok(leaves)
}

impl Levels {
    /// How many blocks are known.
    fn complete(&self) -> u64 {
        self.0.first().map_or(0, |blocks| blocks.len() as u64)
    }

    fn push(&mut self, block: Hash) {
        let mut node = block;
        for level in 0.. {
            if self.0.len() == level {
                self.0.push(Vec::new());
            }
            let nodes = &mut self.0[level];
            nodes.push(node);
            match nodes.as_slice() {
                [.., left, right] if nodes.len().is_multiple_of(2) => node = node_hash(left, right),
                _ => break,
            }
        }
    }

    /// The root over the complete subtree from a leaf on, `leaves` of them, if it is known.
    fn root(&self, from: u64, leaves: u64) -> Option<Hash> {
        let level = (leaves / BLOCK).trailing_zeros() as usize;
        let complete = leaves >= BLOCK && leaves.is_power_of_two() && from.is_multiple_of(leaves);
        complete.then(|| self.0.get(level)?.get((from / leaves) as usize).copied()).flatten()
    }
}

struct View<'a> {
    levels: &'a Levels,
    blocks: &'a Blocks,
}

impl View<'_> {
    /// The root over the leaves from one to before another (RFC 6962, 2.1).
    fn root(&self, from: u64, to: u64) -> Option<Hash> {
        // No leaves cannot be split, however often.
        if from >= to {
            return None;
        }
        if let Some(known) = self.levels.root(from, to - from) {
            return Some(known);
        }
        if to - from == 1 {
            return self.blocks.get(&(from / BLOCK))?.get((from % BLOCK) as usize).copied();
        }
        let middle = from + split(to - from);
        Some(node_hash(&self.root(from, middle)?, &self.root(middle, to)?))
    }

    /// The audit path of a leaf (RFC 6962, 2.1.1), without recursion.
    fn path(&self, leaf: u64, size: u64) -> Option<Vec<Hash>> {
        let (mut from, mut to, mut path) = (0, size, Vec::new());
        if leaf >= size {
            return None;
        }
        while to - from > 1 {
            let middle = from + split(to - from);
            if leaf < middle {
                path.push(self.root(middle, to)?);
                to = middle;
            } else {
                path.push(self.root(from, middle)?);
                from = middle;
            }
        }
        path.reverse();
        Some(path)
    }
}

/// The largest power of two below a number of leaves, of which there are at least two.
fn split(leaves: u64) -> u64 {
    leaves.next_power_of_two() / 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::merkle::{leaf_hash, root, root_of_path};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        /// Over several blocks, whole ones and a part of one, and with fewer levels known than there could be.
        #[test]
        fn every_path_leads_to_the_root_and_no_other_leaf_does(size in 1_u64..1_400, at in any::<u64>(), other in any::<u8>()) {
            let leaves: Vec<Hash> = (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            let mut levels = Levels::default();
            let mut blocks = Blocks::new();
            for (n, block) in (0..).zip(leaves.chunks(BLOCK as usize)) {
                blocks.insert(n, block.to_vec());
                if block.len() as u64 == BLOCK {
                    levels.push(root(block));
                }
            }
            let view = View { levels: &levels, blocks: &blocks };
            let tree = root(&leaves);
            prop_assert_eq!(view.root(0, size), Some(tree));
            let leaf = at % size;
            let path = view.path(leaf, size).unwrap();
            prop_assert_eq!(root_of_path(leaf, size, leaves[leaf as usize], &path), Some(tree));
            prop_assert_ne!(root_of_path(leaf, size, [other; 32], &path), Some(tree));
            prop_assert_eq!(view.path(size, size), None);
            prop_assert_eq!(root_of_path(size, size, leaves[leaf as usize], &path), None);
            if size > 1 {
                let elsewhere = (leaf + 1) % size;
                prop_assert_ne!(root_of_path(elsewhere, size, leaves[leaf as usize], &path), Some(tree));
                prop_assert_eq!(root_of_path(leaf, size, leaves[leaf as usize], &path[1..]), None);
            }
        }
    }
}
