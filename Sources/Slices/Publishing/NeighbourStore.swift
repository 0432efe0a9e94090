import Catalogue
import CivilTime
import Storage

/// What stands beside a publication, among those that everybody may see, that stand, and that say their day (相邻信息).
///
/// Every question is answered from the ends of an index, however many publications there are.
package struct NeighbourStore {
    let transaction: Transaction

    /// The condition of the indexes publication_beside and publication_alike.
    private static let standing: SQL =
        "audience = 'everyone' AND state = 'released' AND item <> '' AND day IS NOT NULL"

    package struct Neighbours: Sendable, Hashable {
        /// The last before it, by day and id; nil for the first.
        package let previous: Publication?
        package let next: Publication?

        package static let none = Neighbours(previous: nil, next: nil)
    }

    /// The publications right before and after one in its jurisdiction, by day, then id.
    ///
    /// - Parameter items: those of the column it stands in.
    /// - Returns: none for what has no place in that order itself.
    package func around(_ publication: Publication, among items: [String]) throws -> Neighbours {
        guard let day = publication.day, publication.stands, !items.isEmpty else { return .none }
        let found = try transaction.rows(Self.candidates(publication, day, items))
        let previous = try found.compactMap { try Place($0.string("previous")) }.max()?.id
        let next = try found.compactMap { try Place($0.string("next")) }.min()?.id
        let known = try transaction.publications.publications(
            [previous, next].compactMap(\.self), audience: .everyone)
        return Neighbours(previous: previous.flatMap { known[$0] }, next: next.flatMap { known[$0] })
    }

    /// A place in the order of a column, read from a day, a blank and an id.
    private struct Place: Comparable {
        let day, id: String

        /// - Returns: nil for an empty text.
        init?(_ text: String) {
            let parts = text.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            (day, id) = (String(parts[0]), String(parts[1]))
        }

        static func < (one: Place, other: Place) -> Bool { (one.day, one.id) < (other.day, other.id) }
    }

    /// For each item the places nearest on either side; empty where there is none.
    static func candidates(_ publication: Publication, _ day: Day, _ items: [String]) -> SQL {
        let listed = items.map { "(\($0))" as SQL }.joined(separator: ", ")
        let those: SQL =
            "SELECT day || ' ' || id FROM publication WHERE jurisdiction = \(publication.jurisdiction) AND item = listed.column1 AND \(standing)"
        return """
            SELECT COALESCE((\(those) AND (day, id) < (\(day), \(publication.id))
                ORDER BY day DESC, id DESC LIMIT 1), '') AS previous,
                COALESCE((\(those) AND (day, id) > (\(day), \(publication.id))
                ORDER BY day, id LIMIT 1), '') AS next
            FROM (VALUES \(listed)) AS listed
            """
    }

    /// Others of its project, newest first.
    package func ofProject(_ publication: Publication, limit: Int) throws -> [Publication] {
        guard !publication.project.isEmpty else { return [] }
        return try transaction.rows(Self.ofProject(publication, limit)).map(Publication.init)
    }

    static func ofProject(_ publication: Publication, _ limit: Int) -> SQL {
        // Answered by publication_project in its order.
        """
        SELECT \(PublicationStore.columns) FROM publication
        WHERE project = \(publication.project) AND audience = 'everyone' AND state = 'released'
            AND day IS NOT NULL AND id <> \(publication.id)
        ORDER BY day DESC, id DESC LIMIT \(limit)
        """
    }

    /// Others of the same body under the same item, newest first.
    package func ofItem(_ publication: Publication, limit: Int) throws -> [Publication] {
        guard !publication.item.isEmpty, !publication.body.isEmpty else { return [] }
        return try transaction.rows(Self.ofItem(publication, limit)).map(Publication.init)
    }

    static func ofItem(_ publication: Publication, _ limit: Int) -> SQL {
        """
        SELECT \(PublicationStore.columns) FROM publication
        WHERE body = \(publication.body) AND item = \(publication.item) AND \(standing)
            AND id <> \(publication.id)
        ORDER BY day DESC, id DESC LIMIT \(limit)
        """
    }
}

extension Publication {
    fileprivate var stands: Bool { audience == .everyone && state == .released && !item.isEmpty }
}

extension Transaction {
    package var neighbours: NeighbourStore { NeighbourStore(transaction: self) }
}
