import Catalogue
import CivilTime
import Publishing
import Storage
import Web

/// What a reader of one document goes on to: the neighbours in its column (上一篇、下一篇) and what is related (相关信息).
///
/// - Law: R-45.
struct PapersBeside: Sendable {
    enum Relation: String, Encodable, Sendable {
        case project, item

        /// Why it is shown.
        var title: String {
            switch self {
            case .project: "同一项目"
            case .item: "同一机关的同一事项"
            }
        }
    }

    struct RelatedRow: Encodable, Sendable {
        let publication: PublicationRow
        let relation: Relation
        let relationName: String

        init(_ publication: PublicationRow, _ relation: Relation) {
            self.publication = publication
            self.relation = relation
            relationName = relation.title
        }
    }

    static let relatedMax = 10

    /// The document before it in its column, by the day of publication.
    let previous: PublicationRow?
    let next: PublicationRow?
    /// Of its project first, then of the same body under the same item; each newest first.
    let related: [RelatedRow]

    static let none = PapersBeside(previous: nil, next: nil, related: [])
}

extension Transaction {
    /// The neighbours of a publication in its column as that is on a day; none for what stands in none.
    func columnNeighbours(of publication: Publication, on day: Day) throws -> NeighbourStore.Neighbours {
        guard !publication.item.isEmpty else { return .none }
        let items = try columns.items(
            besides: publication.item, in: publication.jurisdiction, on: day)
        return try neighbours.around(publication, among: items)
    }
}

extension Reading {
    /// What is shown beside a publication. Noted: what it shows, and what would show up when it appears.
    func beside(_ publication: Publication, _ names: inout Names) throws -> PapersBeside {
        guard publication.state == .released else { return .none }
        notes.add([.beside(publication.id)] + RecordSubject.papers(beside: publication))
        let around = try transaction.columnNeighbours(of: publication, on: day)
        let ofProject = try transaction.neighbours.ofProject(publication, limit: PapersBeside.relatedMax)
        let known = Set(ofProject.map(\.id))
        let room = PapersBeside.relatedMax - ofProject.count
        // Those of the project may be under the item too.
        let ofItem =
            try room == 0
            ? []
            : transaction.neighbours.ofItem(publication, limit: PapersBeside.relatedMax)
                .filter { !known.contains($0.id) }.prefix(room)
        let all = [around.previous, around.next].compactMap(\.self) + ofProject + ofItem
        try names.learn(bodies: all.map(\.body))
        try names.learn(items: all.map(\.item))
        return PapersBeside(
            previous: try rows([around.previous].compactMap(\.self), &names).first,
            next: try rows([around.next].compactMap(\.self), &names).first,
            related: try rows(ofProject, &names).map { .init($0, .project) }
                + rows(Array(ofItem), &names).map { .init($0, .item) })
    }
}
