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

/// `sundial publish`: the one door.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish information (公开): its first edition, and what it was owed for is discharged.")

    @OptionGroup var act: ActOptions
    @OptionGroup var owner: BodyOption
    @OptionGroup var place: ProjectOption
    @OptionGroup var content: TextOptions

    @Option(help: "The catalogue item: I-FG-021. Nothing for information outside the catalogue.")
    var item = ""
    @Option(help: "The title, at most 300 characters.")
    var title: String
    @Option(help: "发文字号")
    var documentNumber = ""
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
                var publish = Publish(
                    body: body.id,
                    record: EditionRecord(
                        title: title, text: text, documentNumber: documentNumber, sourceName: body.name))
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
            The words, the imported record, the values read out of it and the findings that quote it are deleted. What \
            other records took from it (a project's title, say) and backups made before are not: see to them yourself.
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
    @Option(help: "The clause or decision; known for every ground but “order”.")
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
            return numbers
        }
        if act.json {
            try Printed.json(Answer(publication: publication, editions: numbers))
        } else {
            Printed.line("公开信息 \(publication)：第 \(numbers.map(String.init).joined(separator: "、")) 版的内容已删除")
        }
    }
}
