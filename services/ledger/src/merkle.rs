//! The RFC 6962 Merkle tree over the stored records: leaf `i` is the record with `log_index` `i`.
//!
//! The ledger keeps only the [`Frontier`], the roots of the complete subtrees along the right edge: enough to append and
//! to name the tree's root, and never more than 64 hashes.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of a leaf (RFC 6962, 2.1). The prefix keeps a leaf from passing for a node.
pub fn leaf_hash(record: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(record).finalize().into()
}

/// The hash of a node over its two children (RFC 6962, 2.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of the tree over these leaf hashes.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|leaf| frontier.push(*leaf));
    frontier.root()
}

/// The root that an audit path leads to from a leaf at an index of a tree of this size (RFC 9162, 2.1.3.2): the leaf is part of
/// the tree if it is the tree's root. `None` if the path is not one of such a tree.
pub fn root_of_path(index: u64, size: u64, leaf: Hash, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut node, mut index, mut last) = (leaf, index, size - 1);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if index % 2 == 1 || index == last {
            node = node_hash(sibling, &node);
            // A subtree without a sibling at its level is carried up to the level where it has one.
            while index.is_multiple_of(2) && index != 0 {
                index /= 2;
                last /= 2;
            }
        } else {
            node = node_hash(&node, sibling);
        }
        index /= 2;
        last /= 2;
    }
    (last == 0).then_some(node)
}

/// The right edge of a tree: one complete subtree for each set bit of its size, the largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

impl Frontier {
    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        // Each trailing one bit of the size is a complete subtree that the new leaf completes to the next larger one.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.nodes.push(node);
        self.size += 1;
    }

    /// The root of the tree; of the empty tree, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut nodes = self.nodes.iter().rev();
        let Some(last) = nodes.next() else { return Sha256::digest([]).into() };
        nodes.fold(*last, |right, left| node_hash(left, &right))
    }

    /// The hashes one after the other, the largest subtree's first.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.nodes.concat()
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` if the bytes cannot belong to a tree of this size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (nodes, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && nodes.len() == size.count_ones() as usize;
        fits.then(|| Self { size, nodes: nodes.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 6962, 2.1, word for word.
    fn naive(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                node_hash(&naive(&leaves[..split]), &naive(&leaves[split..]))
            }
        }
    }

    /// The inputs and roots of the certificate-transparency project's reference test.
    #[test]
    fn gives_the_roots_of_the_reference_tree() {
        let inputs =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut frontier = Frontier::default();
        assert_eq!(hex::encode(frontier.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (input, root) in inputs.iter().zip(roots) {
            frontier.push(leaf_hash(&hex::decode(input).unwrap()));
            assert_eq!(hex::encode(frontier.root()), root, "after {} leaves", frontier.size());
        }
    }

    #[test]
    fn refuses_a_frontier_of_another_size() {
        let mut frontier = Frontier::default();
        (0..6).for_each(|leaf| frontier.push([leaf; 32]));
        let bytes = frontier.to_bytes();
        assert_eq!(Frontier::from_bytes(6, &bytes), Some(frontier));
        assert_eq!(Frontier::from_bytes(7, &bytes), None);
        assert_eq!(Frontier::from_bytes(6, &bytes[..63]), None);
    }

    proptest! {
        #[test]
        fn is_the_recursive_definition(leaves in proptest::collection::vec(any::<Hash>(), 0..70), cut in 0..70_usize) {
            prop_assert_eq!(root(&leaves), naive(&leaves));
            // Stored and read again half-way, the frontier goes on as if nothing had happened.
            let cut = cut.min(leaves.len());
            let mut frontier = Frontier::default();
            leaves[..cut].iter().for_each(|leaf| frontier.push(*leaf));
            let mut frontier = Frontier::from_bytes(cut as u64, &frontier.to_bytes()).unwrap();
            leaves[cut..].iter().for_each(|leaf| frontier.push(*leaf));
            prop_assert_eq!(frontier.root(), naive(&leaves));
        }
    }
}
