import CivilTime

/// What in a notice contradicts itself, says nothing, or could not be read. No clause is concerned: these are notes.
struct PaperChecks {
    /// A text no longer than this has no content of its own.
    static let emptyTextMax = 60

    let notice: ParsedNotice
    let version: String

    func findings() -> [NoticeFinding] {
        [unmapped(), elsewhere(), deadlines(), sums(), contractSum(), contractText(), signing()].compactMap {
            $0
        }
            + units() + unreadable()
    }

    private func note(_ rule: String, _ detail: String, _ places: [Place], _ values: [String: String] = [:])
        -> NoticeFinding
    {
        NoticeFinding(
            rule: rule, ruleVersion: version, weight: .note, clause: "", verified: true, detail: detail,
            places: places, values: values)
    }

    private func unmapped() -> NoticeFinding? {
        guard notice.kind == .unmapped else { return nil }
        return note(
            "kind-unmapped", "对照表中没有“\(notice.business)”“\(notice.info)”这一类公告，未归入公开事项。", [],
            ["business": notice.business, "info": notice.info])
    }

    private func elsewhere() -> NoticeFinding? {
        guard notice.cleanText.scalarCount <= Self.emptyTextMax, notice.cleanText.contains("详见")
        else {
            return nil
        }
        return note(
            "content-elsewhere", "公告正文没有实质内容，只写明“\(notice.cleanText.replacing("\n", with: " "))”。", [])
    }

    private func deadlines() -> NoticeFinding? {
        let printed = notice.times.filter { $0.role == .bidDeadline }
        guard let first = printed.first,
            let other = printed.first(where: {
                $0.day != first.day || ($0.time != nil && first.time != nil && $0.time != first.time)
            })
        else { return nil }
        return note(
            "deadline-conflict",
            "公告中的截止时间不一致：\(first.day) \(first.time ?? "")与\(other.day) \(other.time ?? "")。",
            [first.place, other.place])
    }

    private func sums() -> NoticeFinding? {
        let budgets = notice.sums.filter { $0.role == .budget && $0.sum.fen != nil }
        guard let first = budgets.first, let other = budgets.first(where: { $0.sum.fen != first.sum.fen })
        else {
            return nil
        }
        return note(
            "budget-conflict", "预算金额不一致：“\(first.printed)”与“\(other.printed)”。", [first.place, other.place])
    }

    private func units() -> [NoticeFinding] {
        notice.sums.filter { $0.sum.doubt == .noUnit && $0.role != .unclear }.map {
            note("sum-without-unit", "金额“\($0.printed)”没有单位，未予推断。", [$0.place], ["printed": $0.printed])
        }
    }

    /// - Law: R-107: a contract is open but for state and commercial secrets; 政府采购法实施条例 art. 50.
    private func contractSum() -> NoticeFinding? {
        guard notice.kind == .procurementContract, let sum = notice.sum(.contract), sum.sum.fen == 0 else {
            return nil
        }
        return note(
            "contract-sum-zero", "合同金额填写为“\(sum.printed)”，无法确定实际金额。", [sum.place], ["printed": sum.printed])
    }

    private static let contractTextMin = 300

    private func contractText() -> NoticeFinding? {
        guard notice.kind == .procurementContract, notice.attachments.isEmpty,
            notice.cleanText.scalarCount < Self.contractTextMin
        else { return nil }
        return note(
            "contract-text-missing",
            "采集到的记录没有合同文本：正文只有\(notice.cleanText.scalarCount)字，也没有附件；请核对原网页。", [])
    }

    private func signing() -> NoticeFinding? {
        guard let signing = notice.time(.signing), let time = signing.time,
            signing.day == notice.published.day,
            time == notice.published.time
        else { return nil }
        return note(
            "signing-equals-publication", "合同签署时间与发布时间相同（\(signing.day) \(time)），可能由系统自动填写。", [signing.place],
            ["printed": "\(signing.day) \(time)"])
    }

    private func unreadable() -> [NoticeFinding] {
        notice.unreadableTimes.map {
            note("time-unreadable", "日期无法识别。", [$0.place], ["role": $0.role.rawValue])
        }
    }
}
