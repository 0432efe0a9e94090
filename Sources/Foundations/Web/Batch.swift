/// One batch of a list: its rows, and where the list goes on.
///
/// Ask the store for one row more than the limit; the extra row only says that there is more.
package struct Batch<Item: Sendable>: Sendable {
    package let items: [Item]
    /// nil at the end of the list.
    package let next: Cursor?

    /// - Parameters:
    ///   - fetched: at most `limit + 1` rows, in the list's order.
    ///   - cursor: the sort key of a row.
    package init(_ fetched: [Item], limit: Int, cursor: (Item) -> Cursor) {
        items = Array(fetched.prefix(limit))
        next = fetched.count > limit ? items.last.map(cursor) : nil
    }
}

extension Batch: Encodable where Item: Encodable {
    private enum CodingKeys: CodingKey { case items, next }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encodeIfPresent(next?.encoded, forKey: .next)
    }
}
