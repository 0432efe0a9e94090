import CivilTime
import Law

/// Compares a notice with what the law asks of it.
///
/// A wrong accusation is worse than a finding missed: a rule speaks only when both of its values were found, a
/// period that is right by one reading is a note, and every finding quotes the words that it rests on.
package struct NoticeChecks: Sendable {
    package let rules: NoticeRules
    package let law: LawBook
    /// By which the body's jurisdiction counts.
    package let calendar: WorkCalendar

    package init(rules: NoticeRules, law: LawBook, calendar: WorkCalendar) {
        self.rules = rules
        self.law = law
        self.calendar = calendar
    }

    package func findings(_ notice: ParsedNotice) -> [NoticeFinding] {
        elements(notice) + periods(notice) + noticePeriods(notice)
            + PaperChecks(notice: notice, version: rules.version).findings()
    }

    // MARK: Elements

    /// - Law: 国办发〔2017〕97号 二（一）4, 6: what a tender notice and a candidates' notice hold; 政府采购法实施条例
    ///   art. 43: what a result notice holds. R-108.
    private func elements(_ notice: ParsedNotice) -> [NoticeFinding] {
        // A notice whose content stands elsewhere, in a file, cannot be judged by its text.
        guard notice.cleanText.scalarCount > PaperChecks.emptyTextMax, !notice.isCorrection else {
            return []
        }
        return rules.elements.filter { $0.kind == notice.kind }.flatMap { elements($0, notice) }
    }

    private func elements(_ rule: NoticeRules.ElementRule, _ notice: ParsedNotice) -> [NoticeFinding] {
        let whole = notice.folded.bytes.filter { $0 != 0x0A }
        var isPresent = Set<Int>()
        for occurrence in rule.index.occurrences(in: whole) {
            for (element, isNear) in rule.meanings[occurrence.phrase] where !isNear {
                isPresent.insert(element)
            }
        }
        let absent = rule.elements.enumerated().filter { number, element in
            !isPresent.contains(number) && !(element.unlessFailed && notice.failure != nil)
        }
        guard !absent.isEmpty else { return [] }
        var nearest: [Int: Range<Int>] = [:]
        for occurrence in rule.index.occurrences(in: notice.folded.bytes) {
            for (element, _) in rule.meanings[occurrence.phrase] where nearest[element] == nil {
                nearest[element] = occurrence.start..<occurrence.end
            }
        }
        return absent.map { number, element in
            missing(element, rule, near: nearest[number].map { place($0, notice) })
        }
    }

    private func place(_ range: Range<Int>, _ notice: ParsedNotice) -> Place {
        let bytes = notice.folded.bytes
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, bytes[start - 1] != 0x0A, range.lowerBound - start < 120 { start -= 1 }
        while end < bytes.count, bytes[end] != 0x0A, end - range.upperBound < 120 { end += 1 }
        while start < range.lowerBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
        while end > range.upperBound, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return .text(scalars: notice.folded.scalarRange(range), quote: notice.folded.printed(start..<end))
    }

    private func missing(_ element: NoticeRules.Element, _ rule: NoticeRules.ElementRule, near: Place?)
        -> NoticeFinding
    {
        let looked = element.phrases.map { "“\($0)”" }.joined(separator: "、")
        let scope = rule.scope.map { "（适用于\($0)）" } ?? ""
        let detail =
            near.map { "未能确认公告载有“\(element.name)”：正文中没有\(looked)，相近的表述为“\($0.quote ?? "")”\(scope)。" }
            ?? "公告中未见“\(element.name)”：正文中没有\(looked)\(scope)。"
        return NoticeFinding(
            rule: near == nil ? "\(rule.id).missing" : "\(rule.id).unclear", ruleVersion: rules.version,
            weight: near == nil ? .warning : .note, clause: rule.clause, verified: rule.verified,
            detail: detail, places: near.map { [$0] } ?? [],
            values: [
                "element": element.name, "item": rule.item, "looked": element.phrases.joined(separator: " "),
            ])
    }

    // MARK: Periods

    /// - Law: 政府采购法 art. 35, 政府采购法实施条例 art. 31, 招标投标法 art. 24, 招标投标法实施条例 art. 16, 54; counted by
    ///   民法典 art. 201 and 203.
    private func periods(_ notice: ParsedNotice) -> [NoticeFinding] {
        rules.periods.compactMap { rule in
            guard rule.kinds.contains(notice.kind), covers(rule.methods, notice),
                let from = notice.time(rule.from),
                let to = notice.time(rule.to), let limit = law.rule(rule.rule, on: from.day),
                limit.form == .minimum
            else { return nil }
            return period(rule, limit, from, to, notice)
        }
    }

    private func covers(_ methods: [ProcurementMethod], _ notice: ParsedNotice) -> Bool {
        methods.isEmpty || notice.method.map { methods.contains($0.value) } ?? false
    }

    private func period(
        _ rule: NoticeRules.PeriodRule, _ limit: TimeRule, _ from: NoticeTime, _ to: NoticeTime,
        _ notice: ParsedNotice
    ) -> NoticeFinding? {
        // Printed whole days that start after the publication all count: the day before them is day 0. So do those
        // of a publicity whose own publication we have not seen.
        let startsLater =
            rule.printsWholeDays
            && (notice.published.day.map { from.day > $0 } ?? true || notice.kind != .candidates)
        let anchor = startsLater ? from.day.adding(days: -1) : from.day
        guard let short = limit.shortSpan(from: from.day, through: to.day, dayZero: anchor, by: calendar)
        else { return nil }
        switch short.reading {
        case .restDay where !rule.notesRestDay: return nil
        case .firstDay where rule.firstDay != .note: return nil
        default: break
        }
        return NoticeFinding(
            rule: short.code, ruleVersion: law.version, weight: short.isByEveryReading ? .warning : .note,
            clause: limit.clause, verified: short.verified,
            detail: short.sentence(about: "公告载明的期间"), places: [from.place, to.place],
            values: short.values)
    }

    /// - Law: 财政部令第87号 art. 16, 69; 财库〔2015〕135号: how many working days a notice stays (公告期限).
    private func noticePeriods(_ notice: ParsedNotice) -> [NoticeFinding] {
        guard let printed = notice.noticePeriod else { return [] }
        return rules.noticePeriods.compactMap { rule in
            guard rule.kinds.contains(notice.kind), covers(rule.methods, notice),
                let day = notice.published.day, let limit = law.rule(rule.rule, on: day),
                let amount = limit.amount,
                printed.value < amount
            else { return nil }
            return NoticeFinding(
                rule: "\(rule.rule).short", ruleVersion: law.version, weight: .warning, clause: limit.clause,
                verified: limit.verified, detail: "公告载明的公告期限为\(printed.value)个工作日，少于\(amount)个工作日。",
                places: [printed.place], values: ["have": "\(printed.value)", "need": "\(amount)"])
        }
    }
}
