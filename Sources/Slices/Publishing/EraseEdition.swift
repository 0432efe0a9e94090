import Foundation
import Law
import People
import Storage

/// Erases the content of editions for good where the law demands it (依法删除).
///
/// The edition, its time and what it discharged stay: that something was public then is itself a public fact. What was
/// said is gone from the publication; the importer's and the findings' copies are theirs to erase.
///
/// - Law: 个人信息保护法 art. 47; 政府信息公开条例 art. 14, 15.
package struct EraseEdition {
    package let publication: String
    /// One edition; nil for all of them.
    package let edition: Int?
    package let ground: String
    /// The clause or decision; the ground's own clause when empty.
    package let clause: String

    package init(publication: String, edition: Int?, ground: String, clause: String) {
        self.publication = publication
        self.edition = edition
        self.ground = ground
        self.clause = clause
    }

    /// - Returns: the numbers of the editions that were erased.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> [Int] {
        guard let old = try transaction.publications.publication(publication) else {
            throw PublishingProblem.notFound(publication)
        }
        let erasure = try checkedErasure(occasion)
        let numbers = try transaction.publications.editions(of: publication)
            .filter { $0.record != nil && (edition == nil || $0.number == edition) }.map(\.number)
        guard !numbers.isEmpty else { throw PublishingProblem.nothingToErase(publication) }
        for number in numbers {
            try transaction.publications.erase(publication, number: number, erasure)
            transaction.journal(
                occasion.entry(
                    "edition.erased", "publication", publication,
                    ["n": String(number), "ground": erasure.ground.rawValue, "clause": erasure.clause]))
        }
        try retitle(old, in: transaction)
        return numbers
    }

    private func checkedErasure(_ occasion: Occasion) throws -> Edition.Erasure {
        guard let ground = ErasureGround(rawValue: ground) else {
            throw PublishingProblem.unknownErasureGround(ground)
        }
        guard let clause = clause.isEmpty ? ground.clause : clause else {
            throw PublishingProblem.clauseMissing
        }
        guard Self.isCitation(clause) else { throw PublishingProblem.clauseForm }
        return Edition.Erasure(at: occasion.now, ground: ground, clause: clause)
    }

    /// The laws that name a reason to take content back.
    private static let laws = [
        "民法典", "个人信息保护法", "保守国家秘密法", "数据安全法", "网络安全法", "未成年人保护法", "反不正当竞争法",
        "档案法", "政府信息公开条例", "网络数据安全管理条例",
    ]

    /// Whether it is the clause of a law or the number of a document (发文字号, 案号), and has room for nothing else: it is told in
    /// the public log, from which nothing can be erased. Words before the year end as the mark of an office does.
    private static func isCitation(_ text: String) -> Bool {
        let number = "[一二三四五六七八九十百千零〇]{1,9}"
        let law = "《?(\(laws.joined(separator: "|")))》?"
        let clause = " ?第\(number)条(之\(number))?(第\(number)款)?(第?[（(]?\(number)[）)]?项)?"
        let office = "(\\p{Han}{1,8}[发函令字罚决复告通知裁审批规文办监处院])?"
        let court = "(最高法|最高检|\\p{Han})?\\d{0,4}[民刑行执破司赔知认特督保调初终再申监复更抗裁字]{0,4}"
        let document = "\(office)[〔（(\\[](19|20)\\d{2}[〕）)\\]]\(court)第?\\d{1,5}号"
        return text.range(of: "^(\(law)\(clause)|\(document))\\z", options: .regularExpression) != nil
    }

    /// A list shows the title of the last edition that still has one.
    private func retitle(_ old: Publication, in transaction: Transaction) throws {
        let left = try transaction.publications.editions(of: publication).last { $0.record != nil }
        try transaction.publications.advance(
            publication, editions: old.editions, title: left?.record?.title ?? "（内容已依法删除）",
            state: old.state)
    }
}
