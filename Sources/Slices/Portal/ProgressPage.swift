import Catalogue
import ChineseText
import CivilTime
import Projects
import Publishing
import Searching
import Web

/// `GET /progress?q=`: how far a project has come, by any code printed on a paper of it, or by its name (进度查询).
///
/// Open to anyone; `q` has at most 200 characters; at most ten projects are named. A code decides before a name does.
///
/// - Law: R-78: a query of progress with the next step and its due day.
struct ProgressPage {
    let room: ReadingRoom
    let finder: Finder?

    struct Value: Encodable, Sendable {
        let day: Day
        let q: String
        /// What was recognised: `code`, `name`, or null for nothing.
        let by: OrNull<Recognised>
        /// Those that were meant, ten at most.
        let projects: [ProjectList.Row]
        /// Of the one that was meant; null for none or several.
        let progress: OrNull<ProjectProgress>
    }

    enum Recognised: String, Encodable, Sendable { case code, name }

    private static let most = 10
    /// Of the index's answers, so many are looked at for the projects behind them.
    private static let hitsMax = 40

    func add(to routes: Routes) {
        routes.get("progress", taking: ["q"]) { request in
            let words = try request.query.text("q") ?? ""
            let named = words.isEmpty ? nil : try await hits(words)
            let found = try await room.read { try value(words, named ?? [], $0) }
            return Answer(
                ProgressBody(value: found, knowsNames: finder != nil).page, data: found, meantFor: .everyone)
        }
    }

    private func hits(_ words: String) async throws -> [Finder.Hit]? {
        try await finder?.find(
            Finder.Query(words: words, writtenOut: [], kind: nil, after: nil, limit: Self.hitsMax)
        ).hits
    }

    private func value(_ words: String, _ hits: [Finder.Hit], _ reading: Reading) throws -> Value {
        let byCode = words.isEmpty ? [] : try bearing(words, reading)
        let found = byCode.isEmpty ? try projects(behind: hits, reading) : byCode
        let only = found.count == 1 ? found[0] : nil
        return Value(
            day: reading.day, q: words,
            by: OrNull(byCode.isEmpty ? (found.isEmpty ? nil : .name) : .code),
            projects: try ProjectList.value(found, reading).items,
            progress: OrNull(
                try only.map { try progress(of: $0, reading) }))
    }

    private func progress(of project: Project, _ reading: Reading) throws -> ProjectProgress {
        let value = try ProjectPage(room: room).value(project, reading)
        let procedures = ChainReading(reading: reading, jurisdiction: value.jurisdiction)
        return try ProjectProgress(of: value, items: procedures.items(startedBy:))
    }

    private func bearing(_ words: String, _ reading: Reading) throws -> [Project] {
        if let project = try reading.transaction.projects.project(words) { return [project] }
        let folded = CodeFolding.fold(words)
        return folded.isEmpty
            ? [] : try reading.transaction.projects.projects(bearing: folded, limit: Self.most)
    }

    /// Projects that the index found, and those whose papers it found: in its order, each once. The index lags behind, so
    /// what was withdrawn or narrowed since leads nowhere.
    private func projects(behind hits: [Finder.Hit], _ reading: Reading) throws -> [Project] {
        let papers = try reading.transaction.publications.publications(
            hits.filter { $0.kind == .publication }.map(\.id), audience: .everyone)
        var ids: [String] = []
        for hit in hits {
            let id = hit.kind == .project ? hit.id : papers[hit.id].map(project(of:)) ?? ""
            if !id.isEmpty, !ids.contains(id), ids.count < Self.most { ids.append(id) }
        }
        let found = try reading.transaction.projects.projects(ids)
        return ids.compactMap { found[$0] }
    }

    private func project(of paper: Publication) -> String { paper.state == .released ? paper.project : "" }
}
