import CivilTime
import LedgerTesting
import Projects
import Testing

@testable import Importing

@Suite(.enabled(if: SharedNotices.file != nil, Comment(rawValue: SharedNotices.absent)))
struct `Notices of the national platform` {
    static let notices = (try? SharedNotices.parsed()) ?? []

    @Test(arguments: StatedFacts.all)
    func `are read as a reader reads them`(facts: StatedFacts) throws {
        let notice = try #require(Self.notices.first { $0.recordID == facts.record })
        #expect(notice.kind == facts.kind)
        #expect(notice.items["CN"] == facts.item)
        #expect(notice.buyer?.value == facts.buyer)
        #expect(notice.agency?.value == facts.agency)
        #expect(notice.method?.value == facts.method)
        #expect(notice.sumLines == facts.sums)
        #expect(notice.timeLines == facts.times)
        #expect(notice.noticePeriod?.value == facts.period)
        #expect(notice.lotLines == facts.lots)
        #expect(notice.awardLines == facts.awards)
        #expect(notice.eventLines == facts.events)
        #expect(Set(try builtInChecks().findings(notice).map(\.rule)) == facts.findings)
    }

    @Test func `are all read, each once`() {
        #expect(Self.notices.count == 64)
        #expect(Set(Self.notices.map(\.recordID)).count == 64)
        #expect(Self.notices.allSatisfy { $0.kind != .unmapped })
        #expect(Self.notices.allSatisfy { !$0.addresses.isEmpty })
    }

    /// Eight packages A to H of one project, each with a notice of its own on one day.
    @Test func `of one project number join one project`() throws {
        let eight = Self.notices.filter { notice in
            notice.projectKeys.contains { $0.kind == .platform && $0.folded == "SDGP370000000202602000616" }
        }
        #expect(eight.count == 8)
        #expect(Set(eight.map(\.published.day)) == [try #require(Day("2026-03-16"))])
        #expect(eight.flatMap(\.lots).map(\.number).sorted() == ["A", "B", "C", "D", "E", "F", "G", "H"])
        let budgets = eight.flatMap(\.lots).compactMap { $0.budget?.fen }.reduce(0, +)
        // 27 + 25 + 7 + 9 + 12 + 13 + 20 + 115 万元
        #expect(budgets == 228_000_000)
    }

    @Test func `that repeat one correction tell one event`() {
        let five = Self.notices.filter { $0.kind == .procurementCorrection && $0.medium == "江苏省" }
        #expect(five.count == 5)
        #expect(Set(five.flatMap(\.events).map(\.naturalKey)).count == 1)
    }

    /// The two sections of one project: 30 candidates unranked, and 20 consortia.
    @Test func `with long candidate tables keep every candidate`() throws {
        let second = try #require(
            Self.notices.first { $0.recordID == "0041af45881903394f92a7ae7ebc7c0e82fd" })
        #expect(second.awards.count == 30)
        #expect(second.awards.allSatisfy { $0.rank == nil && $0.price == nil && $0.lot == "2" })
        #expect(second.awards.last?.name == "旭建工程咨询有限公司")
        let first = try #require(Self.notices.first { $0.recordID == "0041c442db7f3fc34c6389344cf0771d6b42" })
        #expect(first.awards.count == 20)
        #expect(first.awards[3].name == "天一建设发展有限公司")
        #expect(first.awards[3].members == ["河南同济建筑设计有限公司", "河南基奥科工程勘察有限公司"])
        #expect(first.awards[10].name == "中国建筑第五工程局有限公司")
        #expect(first.timeLines.contains("evaluation 2026-03-11"))
        #expect(first.projectKeys.map(\.printed).contains("2503-411481-04-01-225421"))
    }

    /// Under the strict count of 民法典 art. 201 nobody is accused of a period too short by every reading.
    @Test func `give no warning but for missing elements`() throws {
        let checks = try builtInChecks()
        let warnings = Self.notices.flatMap(checks.findings).filter { $0.weight == .warning }
        #expect(warnings.map(\.rule) == ["candidate-elements.missing", "candidate-elements.missing"])
        #expect(warnings.allSatisfy { $0.values["element"] == "个人业绩" })
    }

    @Test func `keep the place of every value from the text`() {
        for notice in Self.notices {
            let scalars = Array(notice.originalText.unicodeScalars)
            let places =
                notice.times.map(\.place) + notice.sums.map(\.place) + notice.lots.map(\.place)
                + notice.awards.map(\.place) + notice.keys.map(\.place)
                + [notice.buyer?.place].compactMap { $0 }
            for case .text(let range, let quote) in places {
                #expect(range.upperBound <= scalars.count && !range.isEmpty)
                #expect(!quote.isEmpty && quote.unicodeScalars.count <= 200)
            }
            if let buyer = notice.buyer, case .text(let range, _) = buyer.place {
                let printed = String(String.UnicodeScalarView(scalars[range]))
                #expect(printed == buyer.value)
            }
        }
    }

    /// Official contacts stay in the text; none becomes a value.
    @Test func `yield no telephone number as a value`() {
        for notice in Self.notices {
            let values =
                [notice.buyer?.value, notice.agency?.value, notice.projectName?.value].compactMap { $0 }
                + notice.awards.map(\.name) + notice.awards.flatMap(\.members)
                + notice.lots.compactMap(\.title)
            for value in values {
                #expect(value.firstMatch(of: /1[3-9]\d{9}|0\d{2,3}-\d{7,8}/) == nil)
            }
        }
    }
}
