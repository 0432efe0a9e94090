import CivilTime
import Searching
import Storage

/// How the search page asks the index, whoever keeps it.
package struct Finder: Sendable {
    /// What a reader asks for.
    package struct Query: Sendable {
        /// As typed, 1...200 characters.
        package let words: String
        /// The same with a short name written out, in each way, to be found after these; none for the words alone.
        package let writtenOut: [String]
        /// Only this kind, or nil.
        package let kind: SearchDocument.Kind?
        /// What `Found.next` gave with the batch before, or nil.
        package let after: String?
        /// Hits at most, 1...100.
        package let limit: Int
    }

    package struct Hit: Sendable {
        package let kind: SearchDocument.Kind
        /// The id under which the thing has its page.
        package let id: String
        package let title: String
        /// Plain text round the place found; may be empty.
        package let snippet: String
        package let day: Day?

        package init(kind: SearchDocument.Kind, id: String, title: String, snippet: String, day: Day?) {
            self.kind = kind
            self.id = id
            self.title = title
            self.snippet = snippet
            self.day = day
        }
    }

    package struct Found: Sendable {
        package let hits: [Hit]
        /// How many in all.
        package let count: SearchCount
        /// Where the list goes on; nil at its end.
        package let next: String?
        /// How far the index has read the journal.
        package let readTo: Int

        package init(hits: [Hit], count: SearchCount, next: String?, readTo: Int) {
            self.hits = hits
            self.count = count
            self.next = next
            self.readTo = readTo
        }
    }

    let find: @Sendable (Query) async throws -> Found
    /// How far the followers have come that keep their bookmarks beside the index.
    let marks: @Sendable () async throws -> [FollowerMark]

    package init(
        marks: @escaping @Sendable () async throws -> [FollowerMark] = { [] },
        _ find: @escaping @Sendable (Query) async throws -> Found
    ) {
        self.marks = marks
        self.find = find
    }
}
