import CivilTime
import Obligations
import Web

/// `GET /obligations.ics`, `GET /due.ics`: coming due days for a calendar program, with the conditions of the list or of
/// the due calendar.
///
/// Open to anyone. What is owed and not yet past its due day, unless `state=` asks for something else; the first 500
/// by due day, and the file says when there are more.
struct DueFile {
    let room: ReadingRoom

    static let entriesMax = 500

    func add(to routes: Routes) {
        for name in ["obligations.ics", "due.ics"] {
            routes.get(name, taking: ObligationList.Question.parameters, refusing: ["on"]) { request in
                try request.refusePastDay()
                let asked = try ObligationList.Question(request)
                let due = try await room.read { reading in
                    try file(asked, of: reading) { (request.wholeAddress(of: $0) ?? $0).address }
                }
                return .calendar(due, downloadAs: name, meantFor: .everyone)
            }
        }
    }

    /// - Parameter whole: an address as it is outside of this site: a calendar program knows no site.
    private func file(
        _ asked: ObligationList.Question, of reading: Reading, whole: (Link) -> String
    ) throws -> CalendarFile {
        let filter = try asked.resolved(reading).filter(reading)
        let states = filter.state.map { [$0] } ?? [.dueSoon, .owed]
        var found: [Obligation] = []
        for state in states where found.count <= DueFile.entriesMax {
            found += try reading.transaction.obligations.list(
                filter.with(state: state), after: nil, limit: DueFile.entriesMax + 1 - found.count)
        }
        let due = found.prefix(DueFile.entriesMax).filter { $0.due != nil }
        var names = reading.names()
        try names.learn(Array(due))
        return CalendarFile(
            name: "公开义务到期日",
            detail: found.count > DueFile.entriesMax ? "只列最早到期的\(DueFile.entriesMax)项；请按条件缩小范围。" : "",
            asOf: reading.day,
            entries: due.compactMap { obligation in
                DueFile.entry(
                    ObligationRow(obligation, names: names, on: reading.day, soon: reading.soon), whole)
            })
    }

    private static func entry(_ row: ObligationRow, _ whole: (Link) -> String) -> CalendarFile.Entry? {
        guard let due = row.due.value else { return nil }
        let rule = [row.ruleName.value, row.clause.value].compactMap(\.self).joined(separator: "，")
        let lines = [
            "公开主体：\(row.bodyName)", row.projectTitle.value.map { "项目：\($0)" },
            row.apart.isEmpty ? nil : row.apart, rule.isEmpty ? nil : "依据：\(rule)",
            row.verified ? nil : "所依据的规则尚未与官方文本核对。",
            row.provisional ? "暂定：推算经过的年份放假安排尚未载入，载入后重算。" : nil,
            "状态：\(row.stateName)（以页面为准）", "页面：\(whole(row.link))",
        ]
        return CalendarFile.Entry(
            uid: "obligation-\(row.id)", days: due...due,
            title: "到期：\(row.itemTitle)（\(row.bodyName)）" + (row.provisional ? "（暂定）" : ""),
            detail: lines.compactMap(\.self).joined(separator: "\n"), isTentative: row.provisional)
    }
}

extension ObligationList.Question {
    /// The calendar file under the same conditions.
    var file: Link {
        ("/obligations.ics" as Link).adding(
            place + [
                ("state", state?.rawValue), ("from", from?.description), ("to", to?.description),
                ("unverified", unverified ? "1" : nil),
            ])
    }

    /// The conditions that are neither states nor days.
    var place: [(name: String, value: String?)] {
        [
            ("body", body), ("field", field), ("jurisdiction", jurisdiction), ("item", item),
            ("project", project),
        ]
    }
}
