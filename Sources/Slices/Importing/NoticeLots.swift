import ChineseText

/// Lots: packages and sections (包、标段).
extension NoticeReading {
    func lots() -> [NoticeLot] {
        var lots = LotList()
        for table in tables where table.namesLots || isLotTable(table) { add(table, to: &lots) }
        sections(to: &lots)
        mentions(to: &lots)
        budgetParts(to: &lots)
        if lots.all.isEmpty, let lot = lotInTitle() { lots.add(lot) }
        if lots.all.count <= 1, kind == .procurementNotice { numberedCeiling(to: &lots) }
        return lots.all
    }

    /// Lots in the order found, each number once; later words fill what is empty.
    struct LotList {
        private(set) var all: [NoticeLot] = []

        mutating func add(_ lot: NoticeLot) {
            guard let index = all.firstIndex(where: { $0.number == lot.number }) else {
                if all.count < 200 { all.append(lot) }
                return
            }
            all[index].title = all[index].title ?? lot.title
            all[index].budget = all[index].budget ?? lot.budget
            all[index].ceiling = all[index].ceiling ?? lot.ceiling
        }
    }

    /// A result table that gives each lot a line: 序号, 标项名称, 中标金额.
    private func isLotTable(_ table: NoticeTable) -> Bool {
        table.namesSuppliers && (table.has(.lot) || table.has(.lotTitle))
    }

    private func add(_ table: NoticeTable, to lots: inout LotList) {
        for row in table.rows {
            guard let number = lotNumber(table, row) else { continue }
            let title = cell(table, row, .lotTitle).flatMap { range in
                bytes[range].contains { $0 >= 0xE0 } ? scan.folded.printed(range, scalarsMax: 300) : nil
            }
            lots.add(
                NoticeLot(
                    number: number.text, title: title, budget: sum(table, row, .budget)?.sum,
                    ceiling: sum(table, row, .ceiling)?.sum, place: number.place))
        }
    }

    /// The lot's own number, else the row's, else the last 包号 before the table.
    func lotNumber(_ table: NoticeTable, _ row: NoticeTable.Row) -> (text: String, place: Place)? {
        if let range = cell(table, row, .lot), range.count <= 96 {
            return (scan.folded.printed(range), scan.place(range))
        }
        guard table.has(.lotTitle), let line = row.cells.first else { return nil }
        if table.has(.serial) { return ("\(row.number)", scan.place(line)) }
        let labels = scan.places(of: .lotNumber).filter { $0.end < table.range.lowerBound }
        guard let label = labels.last, let range = scan.lineValue(at: scan.label(after: label.end).value),
            range.count <= 24
        else { return nil }
        return (scan.folded.printed(range), scan.place(range, from: label.start))
    }

    func cell(_ table: NoticeTable, _ row: NoticeTable.Row, _ column: NoticeColumn) -> Range<Int>? {
        guard let index = table.index(of: column), index < row.cells.count else { return nil }
        return row.cells[index].isEmpty ? nil : row.cells[index]
    }

    private static let offer = Array("报价:".utf8)

    /// A cell that is a sum and nothing else.
    func sum(_ table: NoticeTable, _ row: NoticeTable.Row, _ column: NoticeColumn) -> SumReading? {
        guard let index = table.index(of: column), let range = cell(table, row, column) else { return nil }
        let start =
            bytes[range].starts(with: Self.offer) ? range.lowerBound + Self.offer.count : range.lowerBound
        guard let reading = SumReading(bytes, at: start, unit: table.heads[index].unit),
            reading.end >= range.upperBound || bytes[reading.end] == UInt8(ascii: "/")
        else { return nil }
        return reading
    }

    /// 标段编号 and 标段名称 as labels.
    private func sections(to lots: inout LotList) {
        for label in scan.places(of: .tenderSection)
        where !isTableHead(label.start) && scan.opensLine(label.start) {
            let after = scan.label(after: label.end)
            guard after.isSeparated, let range = scan.lineValue(at: after.value), range.count <= 96 else {
                continue
            }
            let name = scan.places(of: .sectionName).first {
                $0.start > range.upperBound && $0.start < range.upperBound + 60
            }
            let title = name.flatMap { scan.lineValue(at: scan.label(after: $0.end).value) }
            lots.add(
                NoticeLot(
                    number: scan.folded.printed(range),
                    title: title.map { scan.folded.printed($0, scalarsMax: 300) },
                    place: scan.place(range, from: label.start)))
        }
    }

    /// 采购包1(…)：, 合同包1, and the sums named for the last of them.
    private func mentions(to lots: inout LotList) {
        let marks = scan.places(of: .lotMention).compactMap {
            label -> (number: String, end: Int, label: PhraseIndex.Occurrence)? in
            guard let (number, end) = digits(at: label.end) else { return nil }
            return (number, end, label)
        }
        for mark in marks {
            lots.add(
                NoticeLot(
                    number: mark.number, title: title(after: mark.end),
                    place: scan.place(mark.label.start..<mark.end)))
        }
        for (role, isCeiling) in [(NoticeRole.lotBudget, false), (.lotCeiling, true)] {
            for label in scan.places(of: role) {
                guard let mark = marks.last(where: { $0.end <= label.start }), let reading = sum(after: label)
                else {
                    continue
                }
                lots.add(
                    NoticeLot(
                        number: mark.number, budget: isCeiling ? nil : reading.sum,
                        ceiling: isCeiling ? reading.sum : nil, place: scan.place(reading.start..<reading.end)
                    ))
            }
        }
    }

    /// One to three digits, perhaps on the next line.
    private func digits(at start: Int) -> (number: String, end: Int)? {
        var at = start
        if at < bytes.count, bytes[at] == 0x0A { at += 1 }
        let first = at
        while at < bytes.count, at - first < 4, bytes[at].isASCIIDigit { at += 1 }
        guard at > first, at - first < 4 else { return nil }
        return (String(decoding: bytes[first..<at], as: UTF8.self), at)
    }

    private static let ownName = Array("合同包".utf8)

    /// The brackets after a lot's number, when a colon follows them and they say more than 合同包一.
    private func title(after end: Int) -> String? {
        guard end < bytes.count, bytes[end] == UInt8(ascii: "(") else { return nil }
        let lineEnd = scan.lineEnd(end)
        guard let close = bytes[end..<lineEnd].lastIndex(of: UInt8(ascii: ")")), close > end + 1,
            close + 1 < lineEnd, bytes[close + 1] == UInt8(ascii: ":"),
            !bytes[(end + 1)...].starts(with: Self.ownName)
        else { return nil }
        return scan.folded.printed((end + 1)..<close, scalarsMax: 300)
    }

    // MARK: 其中：A … 元B … 元

    private static let among = Array("其中:".utf8)

    /// A total split in one sentence: a letter, a name, a sum, and so on.
    private func budgetParts(to lots: inout LotList) {
        guard kind == .procurementNotice, lots.all.isEmpty,
            let label = scan.places(of: .budget).first(where: { label in
                Array(bytes[label.end..<scan.lineEnd(label.end)]).holds(Self.among)
            })
        else { return }
        let end = scan.lineEnd(label.end)
        guard var at = (label.end..<end).first(where: { bytes[$0...].starts(with: Self.among) }) else {
            return
        }
        at += Self.among.count
        while at < end, bytes[at] >= UInt8(ascii: "A"), bytes[at] <= UInt8(ascii: "Z") {
            let letter = String(decoding: [bytes[at]], as: UTF8.self)
            let nameStart = at + 1
            guard
                let digit = (nameStart..<end).first(where: {
                    bytes[$0].isASCIIDigit && !bytes[$0 - 1].isASCIIAlphanumeric
                }),
                let reading = SumReading(bytes, at: digit, unit: nil), reading.sum.fen != nil,
                reading.end <= end
            else { return }
            lots.add(
                NoticeLot(
                    number: letter, title: scan.folded.printed(nameStart..<digit, scalarsMax: 300),
                    budget: reading.sum, place: scan.place(at..<reading.end)))
            at = reading.end
        }
    }

    // MARK: Titles

    private static let lotWords = ["标段", "包"].map { Array($0.utf8) }
    private static let lotWordsBefore = ["采购包", "合同包", "分包", "标包"].map { Array($0.utf8) }

    /// 第一包, 第二标段, 1包, (1标段), 采购包1 in the title.
    func lotInTitle() -> NoticeLot? {
        let title = NoticeText.fold(raw.title)
        let place = Place.field(name: form.fields.title)
        for at in title.indices {
            for word in Self.lotWordsBefore where title[at...].starts(with: word) {
                let digits = title[(at + word.count)...].prefix { $0.isASCIIDigit }
                if (1...3).contains(digits.count) {
                    return NoticeLot(number: String(decoding: digits, as: UTF8.self), place: place)
                }
            }
            for word in Self.lotWords where title[at...].starts(with: word) {
                guard let number = numeral(before: at, in: title) else { continue }
                return NoticeLot(
                    number: number, title: lotTitle(after: at + word.count, in: title), place: place)
            }
        }
        return nil
    }

    private func numeral(before end: Int, in title: [UInt8]) -> String? {
        var digits = end
        while digits > 0, end - digits < 4, title[digits - 1].isASCIIDigit { digits -= 1 }
        if digits < end {
            return end - digits < 4 ? String(decoding: title[digits..<end], as: UTF8.self) : nil
        }
        let start = end - ChineseNumeral.byteCount
        return start < 0 ? nil : ChineseNumeral.value(title[start..<end]).map(String.init)
    }

    /// The words after the colon, up to the closing bracket: （第一包：…）.
    private func lotTitle(after start: Int, in title: [UInt8]) -> String? {
        guard start < title.count, title[start] == UInt8(ascii: ":"),
            let close = title[start...].firstIndex(of: UInt8(ascii: ")")), close > start + 1
        else { return nil }
        return String(decoding: title[(start + 1)..<close], as: UTF8.self)
    }

    private static let lotWord = Array("包".utf8)

    /// 最高限价（元）：包1-1800000.00元.
    private func numberedCeiling(to lots: inout LotList) {
        for label in scan.places(of: .ceiling) {
            let after = scan.label(after: label.end)
            guard after.isSeparated, bytes[after.value...].starts(with: Self.lotWord),
                let (number, end) = digits(at: after.value + 3), end < bytes.count,
                bytes[end] == UInt8(ascii: "-"),
                let reading = SumReading(bytes, at: end + 1, unit: after.unit)
            else { continue }
            lots.add(
                NoticeLot(
                    number: number, ceiling: reading.sum,
                    place: scan.place(after.value..<reading.end, from: label.start)))
        }
    }
}
