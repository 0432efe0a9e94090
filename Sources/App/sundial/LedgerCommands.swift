import ArgumentParser
import Catalogue
import CivilTime
import Demo
import Foundation
import Identifiers
import Law
import Obligations
import People
import Platform
import Projects
import Publishing
import Storage

/// `sundial source`: what is said about the sources of imported records.
struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source",
        abstract: "Say what a source holds (来源).",
        subcommands: [CoverCommand.self, UncoverCommand.self, ListCommand.self])

    struct CoverCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cover",
            abstract: "Declare that a source is complete (来源完整性声明) for a body, item and span.",
            discussion: """
                Before this, what is missing from an imported source is not observed (未采集) and nobody is \
                accused of it. Afterwards an obligation whose trigger and due day lie inside the span counts, \
                and what is overdue by then is entered at once.
                """)

        @OptionGroup var act: ActOptions
        @Option(help: "The source's name, as the import gave it.")
        var source: String
        @Option(help: "What the source is: platform, portal, credit or onsite.")
        var channel = "platform"
        @Option(help: "The jurisdiction's code.")
        var jurisdiction: String
        @Option(help: "Only this body: its name or id.")
        var body: String?
        @Option(help: "Only this item.")
        var item = ""
        @Option(help: ArgumentHelp("First day of the span.", valueName: "day"), transform: readDay)
        var from: Day
        @Option(help: ArgumentHelp("Last day of the span; not ahead.", valueName: "day"), transform: readDay)
        var to: Day

        func run() async throws {
            let declared = try await act.withHouse { house in
                try await house.act(as: act.actor) { transaction, _, occasion in
                    guard try transaction.publications.isKnown(source: source) else {
                        throw PublishingProblem.unknownSource(source)
                    }
                    let id = try body.map { name in
                        try BodyOption.find(name, in: jurisdiction, transaction, on: occasion.today).id
                    }
                    return try DeclareCoverage(
                        source: source, jurisdiction: jurisdiction, body: id ?? "", item: item, from: from,
                        to: to,
                        channel: channel
                    ).perform(in: transaction, occasion)
                }
            }
            if act.json {
                try Printed.json(
                    CoverAnswer(
                        coverage: declared.coverage, observed: declared.observed, overdue: declared.overdue))
            } else {
                Printed.line(
                    "声明 \(declared.coverage.id)：\(source) 自 \(from) 至 \(to) 完整；\(declared.observed) 项义务转为可判定，其中新增逾期 \(declared.overdue) 项"
                )
            }
        }

        private struct CoverAnswer: Encodable {
            let coverage: SourceCoverage
            let observed: Int
            let overdue: Int
        }
    }

    struct UncoverCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "uncover",
            abstract: "Take a declaration of completeness back (撤回来源完整性声明).",
            discussion: """
                What was observed only because of it is not observed (未采集) again. What was entered as overdue \
                meanwhile stays in the ledger and the journal; the state shown follows the declarations that stand.
                """)

        @OptionGroup var act: ActOptions
        @Argument(help: "The declaration's id; `sundial source list` shows it.")
        var coverage: String
        @Option(help: "Why it is taken back; public, like the declaration.")
        var reason: String

        func run() async throws {
            let ended = try await act.withHouse { house in
                try await house.act(as: act.actor) { transaction, _, occasion in
                    try EndCoverage(coverage: coverage, reason: reason).perform(in: transaction, occasion)
                }
            }
            if act.json {
                try Printed.json(UncoverAnswer(coverage: ended.coverage, unobserved: ended.unobserved))
            } else {
                Printed.line("声明 \(ended.coverage.id) 已撤回；\(ended.unobserved) 项义务转为未采集")
            }
        }

        private struct UncoverAnswer: Encodable {
            let coverage: SourceCoverage
            let unobserved: Int
        }
    }

    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the declarations of completeness, those taken back among them; 500 at most.")

        @OptionGroup var place: PlaceOptions
        @Option(help: "Only of this jurisdiction.")
        var jurisdiction: String?
        @Flag(help: "Print the answer as JSON.")
        var json = false

        func run() async throws {
            let (coverages, bodies) = try await place.withHouse(json: json) { house in
                try await house.database.read { transaction in
                    let coverages = try transaction.ledger.coverages(jurisdiction: jurisdiction)
                    let named = Set(coverages.map(\.body)).sorted()
                    return (coverages, try transaction.bodies.bodies(named, on: house.clock.today))
                }
            }
            if json { return try Printed.json(["coverages": coverages]) }
            if coverages.isEmpty { Printed.line("还没有人声明任何来源是完整的。") }
            for coverage in coverages {
                let name = bodies[coverage.body]?.name ?? coverage.body
                Printed.line(coverage.line(of: name.isEmpty ? "全部机关" : name))
            }
        }
    }
}

extension SourceCoverage {
    /// One line of the list.
    fileprivate func line(of whom: String) -> String {
        let what = item.isEmpty ? "全部事项" : item
        let end = stands ? "" : "；\(endedAt) 由 \(endedBy) 撤回：\(endedReason)"
        return "\(id)  \(source)（\(channel)）  \(jurisdiction)，\(whom)，\(what)  \(from) 至 \(to)  "
            + "\(declaredBy)，\(declaredAt)\(end)"
    }
}

/// `sundial project`: dossiers under their codes.
struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "Open a project under its codes (项目归集).",
        subcommands: [OpenCommand.self])

    struct OpenCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "open",
            abstract: "Open a project, or add codes and lots to the one that bears a code already.")

        @OptionGroup var act: ActOptions
        @Option(help: "The jurisdiction's code.")
        var jurisdiction: String
        @Option(help: "The field as the catalogue writes it: 政府采购.")
        var field: String
        @Option(help: "The project's name.")
        var title: String
        @Option(
            name: .customLong("key"),
            help: ArgumentHelp(
                "A code with its kind, KIND=CODE; may be repeated. Kinds: "
                    + KeyKind.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "kind=code"),
            transform: readKey)
        var keys: [ProjectKey] = []
        @Option(
            name: .customLong("lot"),
            help: ArgumentHelp("A lot, NUMBER=TITLE; may be repeated.", valueName: "number=title"),
            transform: readLot)
        var lots: [Lot] = []
        @Flag(help: "It is a major construction project (重大建设项目).")
        var major = false
        @Flag(help: "It is a project of public and private capital (政府和社会资本合作项目).")
        var ppp = false

        private var scopes: Set<ProjectScope> {
            Set((major ? [.major] : []) + (ppp ? [.ppp] : []))
        }

        func run() async throws {
            let answer = try await act.withHouse { house in
                try await house.act(as: act.actor) { transaction, law, occasion in
                    let opened = try OpenProject(
                        jurisdiction: jurisdiction, field: field, title: title, keys: keys, lots: lots,
                        scopes: scopes
                    ).perform(in: transaction, occasion)
                    let missing = try scopesNotGiven(
                        opened.project, in: transaction, law: law, on: occasion.today)
                    let unknown = try unknownField(in: transaction, law: law, on: occasion.today)
                    return ProjectAnswer(
                        project: opened.project, shared: opened.shared, scopesNotGiven: missing,
                        warnings: keys.compactMap(\.doubt) + [unknown].compactMap(\.self))
                }
            }
            if act.json { return try Printed.json(answer) }
            Printed.line("项目 \(answer.project.id)：\(answer.project.title)")
            for warning in answer.warnings { Printed.line("  注意：\(warning)") }
            for key in answer.shared { Printed.line("  注意：\(key.kind.title) \(key.printed) 还有别的项目在用") }
            for scope in answer.scopesNotGiven {
                Printed.line("  注意：\(scope.title)没有声明（--\(scope.rawValue)）；\(field)的环节只在这类项目中产生的义务不会产生")
            }
        }

        /// A field that neither the jurisdiction's list nor a procedure has: nothing will be owed by it.
        private func unknownField(in transaction: Transaction, law: LawBook, on day: Day) throws -> String? {
            let listed = try transaction.catalogue.fields(in: jurisdiction, on: day).map(\.name)
            let known = (listed + law.chains.map(\.field)).flatMap { [$0, String($0.prefix { $0 != "·" })] }
            guard !known.contains(field) else { return nil }
            let names = Set(known.filter { !$0.contains("·") }).sorted().joined(separator: "、")
            return "公开目录和流程里都没有领域“\(field)”；已有的领域：\(names)"
        }

        /// What the project was not said to be, although steps of its field start other items in such projects.
        private func scopesNotGiven(
            _ project: Project, in transaction: Transaction, law: LawBook, on day: Day
        ) throws -> [ProjectScope] {
            let items = try transaction.catalogue.items(in: jurisdiction, on: day)
            let kinds = items.filter { $0.field == project.field }.flatMap(\.clocks).map(\.eventKind)
            // What names its item belongs to no field.
            let steps = Set(kinds.filter { law.eventKind($0)?.namesItem == false })
            let needed = Set(
                items.filter { item in item.clocks.contains { steps.contains($0.eventKind) } }
                    .compactMap(\.projectScope))
            return ProjectScope.allCases.filter { needed.contains($0) && !project.scopes.contains($0) }
        }

        private struct ProjectAnswer: Encodable {
            let project: Project
            let shared: [ProjectKey]
            /// What the field's items depend on and nobody said of this project.
            let scopesNotGiven: [ProjectScope]
            /// What is odd about what was typed; it was taken all the same.
            let warnings: [String]
        }
    }
}

private func readKey(_ text: String) throws -> ProjectKey {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let kind = KeyKind(rawValue: parts[0]) else {
        throw ValidationError("--key is KIND=CODE with a known kind, not “\(text)”.")
    }
    return ProjectKey(kind: kind, printed: parts[1])
}

private func readLot(_ text: String) throws -> Lot {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw ValidationError("--lot is NUMBER=TITLE, not “\(text)”.") }
    return Lot(number: parts[0], title: parts[1])
}

/// `sundial ledger`: the ledgers kept here.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Keep a jurisdiction's ledger here (启用台账).",
        subcommands: [StartCommand.self])

    struct StartCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "start",
            abstract: "From a day on, the jurisdiction's recurring and standing duties are owed.")

        @OptionGroup var act: ActOptions
        @Option(help: "The jurisdiction's code.")
        var jurisdiction: String
        @Option(help: ArgumentHelp("The first day.", valueName: "day"), transform: readDay)
        var from: Day
        @Flag(help: "The jurisdiction's own bodies publish here, so that their silence counts as silence.")
        var bodiesPublishHere = false

        /// An invented place in a real ledger would mark the whole of it as a sample.
        private func refuseSample(in transaction: Transaction) throws {
            guard try transaction.jurisdictions.jurisdiction(jurisdiction)?.sample == true,
                try !DemoWorld.isThere(in: transaction)
            else { return }
            throw ValidationError("--jurisdiction: \(jurisdiction) 是示例辖区，只能在 sundial demo 的数据目录里使用。")
        }

        func run() async throws {
            let created = try await act.withHouse { house in
                try await house.act(as: act.actor) { transaction, law, occasion in
                    try refuseSample(in: transaction)
                    if bodiesPublishHere { try publishHere(in: transaction, occasion) }
                    try StartLedger(jurisdiction: jurisdiction, from: from)
                        .perform(in: transaction, law: law, occasion)
                    return try OpenPeriods(before: occasion.today).perform(
                        in: transaction, law: law, occasion)
                }
            }
            if act.json {
                try Printed.json([
                    "jurisdiction": jurisdiction, "from": from.description, "periods": String(created),
                ])
            } else {
                Printed.line("辖区 \(jurisdiction) 的台账自 \(from) 起启用；已开立 \(created) 项周期义务")
            }
        }

        private func publishHere(in transaction: Transaction, _ occasion: Occasion) throws {
            var last = ""
            while true {
                let page = try transaction.bodies.bodies(
                    in: jurisdiction, on: occasion.today, after: last, limit: 100)
                for body in page where body.kind == .organ || body.kind == .enterprise {
                    try PublishForBody(body: body.id, publishesHere: true).perform(in: transaction, occasion)
                }
                guard page.count == 100, let end = page.last?.id else { return }
                last = end
            }
        }
    }
}

/// `sundial day`: closing civil days.
struct DayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day",
        abstract: "Close the days that are over (结账).",
        subcommands: [CloseCommand.self])

    struct CloseCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close",
            abstract: "Close every day that is over; a running server does this by itself after midnight.")

        @OptionGroup var place: PlaceOptions
        @Flag(help: "Print the answer as JSON.")
        var json = false

        func run() async throws {
            let kept = try await place.withHouse(json: json) { try await $0.keepDays() }
            if json {
                try Printed.json(["days": kept.days, "overdue": kept.overdue])
            } else {
                Printed.line("已结 \(kept.days) 天，新增逾期 \(kept.overdue) 项")
            }
        }
    }
}

extension CalendarCommand {
    /// `sundial calendar load FILE`: an announced year.
    struct LoadCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "load",
            abstract: "Load an announced holiday year and compute again every due day that it touches.")

        @OptionGroup var act: ActOptions
        @Argument(help: "The holiday file, JSON; docs/law/counting.md shows its form.")
        var file: String
        @Option(help: "These are the rest days of one jurisdiction only (放假办法 art. 4).")
        var jurisdiction = ""

        func run() async throws {
            let (years, content) = try read()
            let total = try await act.withHouse { house in
                try await house.load(
                    LoadCalendar(years: years, content: content, jurisdiction: jurisdiction), as: act.actor)
            }
            if act.json {
                try Printed.json(["seen": total.seen, "changed": total.changed])
            } else {
                Printed.line("已加载 \(years.version)；核对 \(total.seen) 项义务，重新计算 \(total.changed) 项")
            }
        }

        /// Before the instance is opened: a bad file leaves nothing behind.
        private func read() throws -> (HolidayYears, content: String) {
            do {
                guard let bytes = FileManager.default.contents(atPath: file) else {
                    throw FileImportProblem.unreadable(file)
                }
                return (try HolidayYears.parse([UInt8](bytes)), String(decoding: bytes, as: UTF8.self))
            } catch let refusal as any Refusal {
                throw try Printed.refused(refusal, json: act.json)
            }
        }
    }
}
