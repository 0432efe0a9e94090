import Catalogue
import CivilTime
import People
import Projects
import Publishing
import Storage

/// Keeps the index: reads in the journal what has changed, and in the writers' tables what it is now.
package struct SearchFollower: Follower {
    /// What a batch of journal rows puts into the index and takes out of it.
    package struct Batch: Sendable {
        fileprivate var put: [SearchDocument] = []
        fileprivate var remove: [Subject] = []
        /// Whether content was erased: then nothing of its words may stay.
        fileprivate var isErasing = false
        /// Bytes of the texts to put.
        fileprivate var size = 0
        /// The last row that was read, when the texts grew too large to read on.
        fileprivate var reached: Int?
    }

    /// Texts in one batch, in bytes; it ends with the one that passes the limit.
    private static let batchBytesMax = 32 << 20

    fileprivate struct Subject: Sendable, Hashable {
        let kind: SearchDocument.Kind
        let id: String
    }

    package let name = "search"
    package let version = 2
    package let subjectKinds: [String]? = ["publication", "project", "body", "catalogue"]

    package init() {}

    package func gather(_ rows: [JournalRow], in source: Transaction) throws -> Batch {
        var batch = Batch()
        var seen: Set<Subject> = []
        for row in rows {
            if row.entry.act == "edition.erased" { batch.isErasing = true }
            if row.entry.act == "catalogue.loaded" {
                batch.put += try items(row.entry.subject, source)
            }
            guard let subject = Subject(row.entry), seen.insert(subject).inserted else { continue }
            if let document = try document(subject, source) {
                batch.put.append(document)
                batch.size += document.text.utf8.count
                if batch.size > Self.batchBytesMax {
                    batch.reached = row.seq
                    break
                }
            } else {
                batch.remove.append(subject)
            }
        }
        batch.put = Self.newest(batch.put)
        return batch
    }

    /// The last document of each thing: a list that was loaded twice has the same items in both versions.
    private static func newest(_ documents: [SearchDocument]) -> [SearchDocument] {
        var seen: Set<Subject> = []
        return documents.reversed().filter { seen.insert(Subject(kind: $0.kind, id: $0.subject)).inserted }
            .reversed()
    }

    package func reached(by batch: Batch) -> Int? { batch.reached }

    package func apply(_ batch: Batch, in target: Transaction) throws {
        try target.search.remove(
            batch.remove.map { ($0.kind, $0.id) } + batch.put.map { ($0.kind, $0.subject) })
        try target.search.put(batch.put)
        if batch.isErasing { try target.search.forgetRemoved() }
    }

    package func reset(in target: Transaction) throws {
        try target.search.clear()
    }

    private func document(_ subject: Subject, _ source: Transaction) throws -> SearchDocument? {
        switch subject.kind {
        case .publication: try publication(subject.id, source)
        case .project: try project(subject.id, source)
        case .body: try body(subject.id, source)
        case .item: nil
        }
    }

    /// nil when it was withdrawn or is not meant for everybody.
    private func publication(_ id: String, _ source: Transaction) throws -> SearchDocument? {
        guard let publication = try source.publications.publication(id), publication.state == .released,
            publication.audience == .everyone,
            let record = try source.publications.edition(id, number: publication.editions)?.record
        else { return nil }
        return SearchDocument(
            kind: .publication, subject: id, title: record.title,
            text: record.searched, day: publication.day)
    }

    private func project(_ id: String, _ source: Transaction) throws -> SearchDocument? {
        guard let project = try source.projects.project(id) else { return nil }
        let keys = try source.projects.keys(of: id).map(\.printed)
        let lots = try source.projects.lots(of: id).map(\.title)
        return SearchDocument(
            kind: .project, subject: id, title: project.title, text: (keys + lots).joined(separator: "\n"),
            day: nil)
    }

    private func body(_ id: String, _ source: Transaction) throws -> SearchDocument? {
        guard let body = try source.bodies.body(id) else { return nil }
        let names = try source.bodies.names(of: id).map(\.name)
        return SearchDocument(
            kind: .body, subject: id, title: body.name, text: names.joined(separator: "\n"), day: nil)
    }

    private func items(_ version: String, _ source: Transaction) throws -> [SearchDocument] {
        guard let list = try source.catalogue.list(version: version) else { return [] }
        return list.items.filter { $0.relation == .own && $0.kind != .internal }.map { item in
            SearchDocument(
                kind: .item, subject: item.id, title: item.title,
                text: ([item.id, item.field, item.sub] + item.elements).joined(separator: "\n"), day: nil)
        }
    }
}

extension SearchFollower.Subject {
    /// The thing that a journal entry may have changed for readers, or nil.
    fileprivate init?(_ entry: JournalEntry) {
        switch entry.subjectKind {
        case "publication": self.init(kind: .publication, id: entry.subject)
        case "project": self.init(kind: .project, id: entry.subject)
        case "body": self.init(kind: .body, id: entry.subject)
        default: return nil
        }
    }
}

extension EditionRecord {
    /// Its numbers, its words, and what its attachments are called.
    fileprivate var searched: String {
        let numbers = documentNumber + (indexNumber.map { " " + $0 } ?? "")
        return ([numbers, plainText] + (attachments ?? []).map(\.name)).joined(separator: "\n")
    }
}
