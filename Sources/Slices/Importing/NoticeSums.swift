/// Sums of money.
extension NoticeReading {
    func sums() -> [NoticeSum] {
        var sums: [NoticeSum] = []
        if let budget = raw.budget, let field = form.fields.budget,
            let sum = Self.sum(in: budget)
        {
            let isBudget =
                kind == .procurementNotice || kind == .tenderNotice || kind == .prequalificationNotice
            sums.append(
                NoticeSum(
                    role: isBudget ? .budget : .unclear, sum: sum, printed: budget, place: .field(name: field)
                ))
        }
        let dealt: NoticeSum.Role = kind == .procurementContract ? .contract : .award
        for (role, sumRole) in [
            (NoticeRole.contractSum, NoticeSum.Role.contract), (.ceiling, .ceiling), (.award, dealt),
        ] {
            for (text, place) in extras(role) {
                if let sum = Self.sum(in: text) {
                    sums.append(NoticeSum(role: sumRole, sum: sum, printed: text.trimmed, place: place))
                }
            }
        }
        for (role, sumRole) in rolesByKind {
            if let found = labelled(role, as: sumRole) { sums.append(found) }
        }
        return sums
    }

    private var rolesByKind: [(NoticeRole, NoticeSum.Role)] {
        switch kind {
        case .procurementNotice, .tenderNotice, .prequalificationNotice:
            [(.budget, .budget), (.ceiling, .ceiling), (.estimate, .estimate)]
        case .candidates: [(.ceiling, .ceiling)]
        case .tenderResult: [(.ceiling, .ceiling), (.award, .award)]
        case .procurementResult, .otherDeal: [(.award, .award)]
        case .procurementContract: [(.contractSum, .contract)]
        default: []
        }
    }

    /// The sum of a field's whole text.
    static func sum(in text: String) -> PrintedSum? {
        guard text.utf8.count <= 100 else { return nil }
        return SumReading(NoticeText.fold(text), at: 0, unit: nil)?.sum
    }

    private static let isWord = Array("为".utf8)

    /// The first sum after a label of that role that has a unit; else the first that has none, in doubt.
    private func labelled(_ role: NoticeRole, as sumRole: NoticeSum.Role) -> NoticeSum? {
        var doubtful: NoticeSum?
        for label in scan.places(of: role) where !isTableHead(label.start) {
            guard let reading = sum(after: label) else { continue }
            let range = reading.start..<reading.end
            let found = NoticeSum(
                role: sumRole, sum: reading.sum, printed: scan.folded.printed(range),
                place: scan.place(range, from: label.start))
            if reading.sum.fen != nil { return found }
            doubtful = doubtful ?? found
        }
        return doubtful
    }

    func sum(after label: PhraseIndex.Occurrence) -> SumReading? {
        let after = scan.label(after: label.end)
        if after.isSeparated { return SumReading(bytes, at: after.value, unit: after.unit) }
        guard bytes[after.value...].starts(with: Self.isWord) else { return nil }
        return SumReading(bytes, at: after.value + 3, unit: after.unit)
    }
}
