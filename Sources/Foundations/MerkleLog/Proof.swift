/// That a leaf is in a tree: RFC 9162, 2.1.3.
package struct InclusionProof: Sendable, Hashable {
    /// The leaf's number, from 0.
    package let index: Int
    /// Leaves of the tree.
    package let size: Int
    /// The hashes beside the way up, the leaf's neighbour first.
    package let hashes: [NodeHash]

    package init(index: Int, size: Int, hashes: [NodeHash]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// Checks the proof against a root that is known otherwise, as from a signed checkpoint.
    ///
    /// RFC 9162, 2.1.3.2.
    ///
    /// - Throws: `leafIndex`, `treeSize`, `proofLength`, `proofHash`.
    package func check(leaf: NodeHash, root: NodeHash) throws(LogFlaw) {
        guard try self.root(leaf: leaf) == root else { throw LogFlaw(.proofHash) }
    }

    /// The proof within a part of the tree: for the leaf counted from the part's start.
    ///
    /// - Parameter part: leaves of a subtree, as `ConsistencyProof.init(part:size:hashes:)` takes them.
    /// - Throws: `subtree`, `leafIndex`.
    package init(index: Int, part: Range<Int>, hashes: [NodeHash]) throws(LogFlaw) {
        guard TreeShape.isSubtree(part) else { throw LogFlaw(.subtree) }
        guard part.contains(index) else { throw LogFlaw(.leafIndex) }
        self.init(index: index - part.lowerBound, size: part.count, hashes: hashes)
    }

    /// The root that follows from the leaf and the proof.
    ///
    /// - Throws: `leafIndex`, `treeSize`, `proofLength`.
    package func root(leaf: NodeHash) throws(LogFlaw) -> NodeHash {
        guard (0...MerkleTree.sizeMax).contains(size) else { throw LogFlaw(.treeSize) }
        guard (0..<size).contains(index) else { throw LogFlaw(.leafIndex) }
        var (place, last, root) = (index, size - 1, leaf)
        for hash in hashes {
            guard last > 0 else { throw LogFlaw(.proofLength) }
            if place & 1 == 1 || place == last {
                root = .node(hash, root)
                // A node without a right neighbour rises unchanged.
                while place & 1 == 0, place > 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                root = .node(root, hash)
            }
            place >>= 1
            last >>= 1
        }
        guard last == 0 else { throw LogFlaw(.proofLength) }
        return root
    }
}

/// That one tree grew out of another: RFC 9162, 2.1.4; or that a subtree is part of a tree.
package struct ConsistencyProof: Sendable, Hashable {
    /// The leaves of the older tree, from 0, or of the subtree.
    package let part: Range<Int>
    /// Leaves of the newer or whole tree.
    package let size: Int
    package let hashes: [NodeHash]

    /// - Parameters:
    ///   - old: leaves of the older tree.
    ///   - size: leaves of the newer one.
    package init(from old: Int, to size: Int, hashes: [NodeHash]) {
        self.init(part: 0..<max(0, old), size: old < 0 ? -1 : size, hashes: hashes)
    }

    /// - Parameter part: leaves whose first is a multiple of the power of two that holds them.
    package init(part: Range<Int>, size: Int, hashes: [NodeHash]) {
        self.part = part
        self.size = size
        self.hashes = hashes
    }

    /// Checks the proof against two roots that are known otherwise, as from signed checkpoints.
    ///
    /// RFC 9162, 2.1.4.2; for subtrees draft-ietf-plants-merkle-tree-certs, 4.4, of which it is the case that
    /// begins at 0. The empty tree is part of every tree, and its root is SHA-256 of nothing.
    ///
    /// - Throws: `treeSize`, `subtree`, `proofLength`, `proofHash`.
    package func check(old: NodeHash, new: NodeHash) throws(LogFlaw) {
        guard (0...MerkleTree.sizeMax).contains(size), part.upperBound <= size else {
            throw LogFlaw(.treeSize)
        }
        if part.isEmpty { return try checkFromNothing(old: old, new: new) }
        guard TreeShape.isSubtree(part) else { throw LogFlaw(.subtree) }
        let (fromOld, fromNew) = try roots(old)
        guard fromOld == old, fromNew == new else { throw LogFlaw(.proofHash) }
    }

    private func checkFromNothing(old: NodeHash, new: NodeHash) throws(LogFlaw) {
        guard hashes.isEmpty else { throw LogFlaw(.proofLength) }
        guard old == .ofNothing, size > 0 || new == .ofNothing else { throw LogFlaw(.proofHash) }
    }

    private func roots(_ old: NodeHash) throws(LogFlaw) -> (old: NodeHash, new: NodeHash) {
        var (first, last, end) = (part.lowerBound, part.upperBound - 1, size - 1)
        while first != last, last == end || last & 1 == 1 {
            first >>= 1
            last >>= 1
            end >>= 1
        }
        var rest = hashes[...]
        // A full subtree is its own start; of any other the proof begins with its lowest full part.
        guard let start = first == last ? old : rest.popFirst() else { throw LogFlaw(.proofLength) }
        var (fromOld, fromNew) = (start, start)
        for hash in rest {
            guard end > 0 else { throw LogFlaw(.proofLength) }
            if last & 1 == 1 || last == end {
                if first < last { fromOld = .node(hash, fromOld) }
                fromNew = .node(hash, fromNew)
                while last & 1 == 0, last > 0 {
                    first >>= 1
                    last >>= 1
                    end >>= 1
                }
            } else {
                fromNew = .node(fromNew, hash)
            }
            first >>= 1
            last >>= 1
            end >>= 1
        }
        guard end == 0 else { throw LogFlaw(.proofLength) }
        return (fromOld, fromNew)
    }
}
