import ArgumentParser
import Catalogue
import CivilTime
import Foundation
import Importing
import People
import Platform
import Publishing
import Storage

/// What a publishing command answers.
private struct EditionAnswer: Encodable {
    let publication: String
    let edition: Int
    let kind: Edition.Kind
    let sha256: String
    let discharged: [String]
}

private func answer(_ edition: Edition, discharged: [String] = [], json: Bool) throws {
    if json {
        try Printed.json(
            EditionAnswer(
                publication: edition.publication, edition: edition.number, kind: edition.kind,
                sha256: edition.sha256, discharged: discharged))
    } else {
        Printed.line("公开信息 \(edition.publication)，第 \(edition.number) 版（\(edition.kind.title)）")
        for obligation in discharged { Printed.line("  履行公开义务 \(obligation)") }
    }
}

/// The text of an edition: given, or read from a file.
struct TextOptions: ParsableArguments {
    @Option(help: "The text, as it is.")
    var text: String?

    @Option(help: "A UTF-8 file that holds the text, at most 2 MiB.")
    var textFile: String?

    func validate() throws {
        guard text == nil || textFile == nil else {
            throw ValidationError("Give --text or --text-file, not both.")
        }
    }

    /// nil when neither was given.
    func read() throws -> String? {
        guard let textFile else { return text }
        guard let bytes = FileManager.default.contents(atPath: textFile) else {
            throw ValidationError("--text-file: cannot read \(textFile).")
        }
        guard bytes.count <= 2_097_152 else {
            throw ValidationError("--text-file: \(textFile) is over 2 MiB.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ValidationError("--text-file: \(textFile) is not UTF-8.")
        }
        return text
    }
}

/// What a paper carries beside its title and words (公文要素).
struct PaperOptions: ParsableArguments {
    @Option(help: "发文字号")
    var documentNumber: String?
    @Option(help: "索引号")
    var indexNumber: String?
    @Option(help: "公文种类: 通知, 公告 …")
    var documentKind: String?
    @Option(help: "主送机关, as printed.")
    var addressees: String?
    @Option(help: "公开属性, as printed: 主动公开, 此件公开发布 …")
    var openness: String?
    @Option(help: "成文日期, YYYY-MM-DD: the day under the paper's words.")
    var dated: String?
    @Option(help: "印发机关: who printed and sent it out.")
    var issuer: String?

    @Option(
        help: ArgumentHelp(
            "An attachment (附件): its name, or its name, = and the web address where it lies. Repeatable.",
            valueName: "name[=address]"))
    var attachment: [String] = []
    @Option(
        help: ArgumentHelp(
            "An attachment whose file is here: its name and SHA-256 are recorded, not its bytes. Repeatable.",
            valueName: "file[=address]"))
    var attachedFile: [String] = []
    @Flag(help: "Take all attachments off before those given here are put on.")
    var withoutAttachments = false

    /// Puts what was given in the record's; the rest stays as it is. An empty text takes a mark away.
    func put(in record: inout EditionRecord) throws {
        record.documentNumber = documentNumber ?? record.documentNumber
        if let indexNumber { record.indexNumber = indexNumber.isEmpty ? nil : indexNumber }
        if let documentKind { record.documentKind = documentKind.isEmpty ? nil : documentKind }
        if let addressees { record.addressees = addressees.isEmpty ? nil : addressees }
        if let openness { record.openness = openness.isEmpty ? nil : openness }
        if let dated { record.dated = dated.isEmpty ? nil : try readDay(dated) }
        if let issuer { record.issuer = issuer.isEmpty ? nil : issuer }
        let kept = withoutAttachments ? [] : record.attachments ?? []
        let attachments = try kept + attachment.map(Self.named) + attachedFile.map(Self.hashed)
        record.attachments = attachments.isEmpty ? nil : attachments
    }

    private static func named(_ given: String) -> EditionRecord.Attachment {
        let (name, address) = parts(given)
        return EditionRecord.Attachment(name: name, address: address)
    }

    private static let fileBytesMax = 100 << 20

    private static func hashed(_ given: String) throws -> EditionRecord.Attachment {
        let (path, address) = parts(given)
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ValidationError("--attached-file: cannot read \(path).")
        }
        let bytes = try file.read(upToCount: fileBytesMax + 1) ?? Data()
        guard bytes.count <= fileBytesMax else {
            throw ValidationError("--attached-file: \(path) is over \(fileBytesMax >> 20) MiB.")
        }
        return EditionRecord.Attachment(
            name: URL(filePath: path).lastPathComponent, address: address,
            sha256: ContentHash.sha256([UInt8](bytes)))
    }

    /// An address begins after the first = that a web address follows.
    private static func parts(_ given: String) -> (before: String, address: String?) {
        let starts = ["=http://", "=https://"].compactMap { given.range(of: $0)?.lowerBound }
        guard let start = starts.min() else { return (given, nil) }
        return (String(given[..<start]), String(given[start...].dropFirst()))
    }
}

/// `sundial publish`: the one door.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish information (公开): its first edition, and what it was owed for is discharged.")

    @OptionGroup var act: ActOptions
    @OptionGroup var owner: BodyOption
    @OptionGroup var place: ProjectOption
    @OptionGroup var content: TextOptions
    @OptionGroup var paper: PaperOptions

    @Option(help: "The catalogue item: I-FG-021. Nothing for information outside the catalogue.")
    var item = ""
    @Option(help: "The title, at most 300 characters.")
    var title: String
    @Option(help: "The period of a periodic item: 2026-10, 2026-Q3, 2026-H1 or 2026.")
    var period = ""
    @Option(help: "portal, platform, credit or onsite.")
    var channel = "portal"
    @Option(help: "The obligation that it is meant for, where several could be.")
    var obligation = ""

    func run() async throws {
        let text = try content.read() ?? ""
        let (edition, discharged) = try await act.withHouse { house in
            try await house.act(as: act.actor) { transaction, law, occasion in
                let body = try owner.find(in: transaction, on: occasion.today)
                var record = EditionRecord(title: title, text: text, sourceName: body.name)
                try paper.put(in: &record)
                var publish = Publish(body: body.id, record: record)
                publish.jurisdiction = owner.jurisdiction
                publish.item = item
                publish.project = try place.find(in: transaction)
                publish.lot = place.lot
                publish.period = period
                publish.channel = channel
                publish.obligation = obligation
                let published = try publish.perform(in: transaction, law: law, occasion)
                return (
                    try transaction.publications.edition(published.publication.id, number: 1),
                    published.discharged
                )
            }
        }
        if let edition { try answer(edition, discharged: discharged, json: act.json) }
        if discharged.isEmpty, !item.isEmpty, !act.json {
            Printed.line("  没有履行任何公开义务：该机关在此事项、项目、标段、渠道和周期下没有待履行的公开义务；如有误请核对")
        }
    }
}

/// `sundial correct`: a corrected edition.
struct CorrectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Publish a corrected edition (更正); the earlier ones stay readable.")

    @OptionGroup var act: ActOptions
    @OptionGroup var content: TextOptions
    @OptionGroup var paper: PaperOptions
    @Argument(help: "The publication's id.")
    var publication: String
    @Option(help: "A new title; the old one stays when nothing is given.")
    var title: String?
    @Option(help: "Why it is corrected.")
    var reason: String

    func run() async throws {
        let text = try content.read()
        let edition = try await act.withHouse { house in
            try await house.act(as: act.actor) { transaction, law, occasion in
                let editions = try transaction.publications.editions(of: publication)
                guard var record = editions.last(where: { $0.record != nil })?.record else {
                    throw PublishingProblem.notFound(publication)
                }
                record.title = title ?? record.title
                record.text = text ?? record.text
                try paper.put(in: &record)
                return try CorrectPublication(publication: publication, record: record, reason: reason)
                    .perform(in: transaction, law: law, occasion)
            }
        }
        try answer(edition, json: act.json)
    }
}

/// `sundial withdraw`: what only this publication discharged is owed again.
struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Withdraw a publication (撤回); what only it discharged is owed again.")

    @OptionGroup var act: ActOptions
    @Argument(help: "The publication's id.")
    var publication: String
    @Option(help: "Why it is withdrawn.")
    var reason: String

    func run() async throws {
        let edition = try await act.withHouse { house in
            let edition = try await house.act(as: act.actor) { transaction, law, occasion in
                try WithdrawPublication(publication: publication, reason: reason)
                    .perform(in: transaction, law: law, occasion)
            }
            try await house.followSearch { Printed.error("search: \($0)") }
            return edition
        }
        try answer(edition, json: act.json)
    }
}

/// `sundial erase`: content that the law does not allow to stay.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase the content of a publication for good (依法删除); its time and what it discharged stay.",
        discussion: """
            The words, the imported record, the values read out of it and the findings that quote it are deleted, and \
            with SQLite their bytes in the files of the data folder (with PostgreSQL: README, Erasing). What other records took \
            from it (a project's title, say) and backups made before are not: see to them yourself.
            """)

    private struct Answer: Encodable {
        let publication: String
        let editions: [Int]
    }

    @OptionGroup var act: ActOptions
    @Argument(help: "The publication's id.")
    var publication: String
    @Option(help: "Only this edition; all when left out.")
    var edition: Int?
    @Option(
        help: ArgumentHelp(
            "Why: \(ErasureGround.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "ground"))
    var ground: String
    @Option(
        help:
            "The clause of a law or the number of a decision, and nothing else; known for every ground but “order”."
    )
    var clause = ""

    func run() async throws {
        let numbers = try await act.withHouse { house in
            let numbers = try await house.act(as: act.actor) { transaction, _, occasion in
                try ErasePublication(
                    EraseEdition(publication: publication, edition: edition, ground: ground, clause: clause)
                ).perform(in: transaction, occasion)
            }
            // The index holds the words too, and must not until a server starts.
            try await house.followSearch { Printed.error("search: \($0)") }
            if try await !house.scrub() {
                Printed.error("内容已删除；另有程序正在读数据库，旧的字节暂留在 …-wal 文件里，服务下次启动或者每日整理时清除。")
            }
            return numbers
        }
        if act.json {
            try Printed.json(Answer(publication: publication, editions: numbers))
        } else {
            Printed.line("公开信息 \(publication)：第 \(numbers.map(String.init).joined(separator: "、")) 版的内容已删除")
        }
    }
}
