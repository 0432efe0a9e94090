/// Winners and candidates, and failure.
extension NoticeReading {
    func awards(lots: [NoticeLot]) -> [NoticeAward] {
        switch kind {
        case .candidates, .tenderResult, .procurementResult, .procurementContract, .otherDeal, .landResult:
            break
        default: return []
        }
        var awards: [NoticeAward] = []
        for table in tables where table.namesSuppliers {
            for row in table.rows {
                if let award = award(table, row, lots: lots),
                    !awards.contains(where: { $0.name == award.name && $0.lot == award.lot })
                {
                    awards.append(award)
                }
            }
        }
        if awards.isEmpty { awards = rankedLines() }
        if awards.isEmpty { awards = namedSuppliers() }
        if awards.isEmpty, kind != .candidates { awards = winner(lots: lots).map { [$0] } ?? [] }
        return awards
    }

    /// A lot when the notice is about one only.
    private func onlyLot(_ lots: [NoticeLot]) -> String? { lots.count == 1 ? lots[0].number : nil }

    // MARK: From tables

    private func award(_ table: NoticeTable, _ row: NoticeTable.Row, lots: [NoticeLot]) -> NoticeAward? {
        guard let index = table.index(of: .supplier), let (name, members, place) = supplier(row, index) else {
            return nil
        }
        var lot: String?
        if table.has(.lot) || table.has(.lotTitle) { lot = lotNumber(table, row)?.text }
        lot = lot ?? lastMention(before: table.range.lowerBound) ?? onlyLot(lots)
        return NoticeAward(
            rank: rank(table, row), name: name, members: members, price: sum(table, row, .price)?.sum,
            lot: lot,
            place: place)
    }

    private func rank(_ table: NoticeTable, _ row: NoticeTable.Row) -> Int? {
        guard kind == .candidates else { return nil }
        // A running number ranks nobody where the notice says so (排序不分先后).
        return table.has(.rank) || (table.has(.serial) && scan.places(of: .unranked).isEmpty)
            ? row.number : nil
    }

    private static let lead = ["牵头人:", "联合体牵头人:", "(主)"].map { Array($0.utf8) }
    private static let member = Array("联合体成员".utf8)

    /// The supplier's cell: one name, several parted by semicolons, or a lead and members on lines of their own.
    private func supplier(_ row: NoticeTable.Row, _ index: Int) -> (String, [String], Place)? {
        guard index < row.cells.count else { return nil }
        var line = row.cells[index]
        var next = index + 1
        for word in Self.lead where bytes[line].starts(with: word) {
            line = (line.lowerBound + word.count)..<line.upperBound
            if line.isEmpty, next < row.cells.count {
                line = row.cells[next]
                next += 1
            }
        }
        let names = pieces(line)
        guard let first = names.first, isName(first) else { return nil }
        var members = names.dropFirst().map { scan.folded.printed($0) }
        while next < row.cells.count, bytes[row.cells[next]].starts(with: Self.member),
            let colon = bytes[row.cells[next]].firstIndex(of: UInt8(ascii: ":"))
        {
            members.append(scan.folded.printed((colon + 1)..<row.cells[next].upperBound))
            next += 1
        }
        return (scan.folded.printed(first), members, scan.place(line))
    }

    private func pieces(_ range: Range<Int>) -> [Range<Int>] {
        bytes[range].split(separator: UInt8(ascii: ";")).map { $0.startIndex..<$0.endIndex }
    }

    private func lastMention(before at: Int) -> String? {
        guard let label = scan.places(of: .lotMention).last(where: { $0.end <= at }) else { return nil }
        let digits = bytes[label.end...].drop { $0 == 0x0A }.prefix { $0.isASCIIDigit }
        return (1...3).contains(digits.count) ? String(decoding: digits, as: UTF8.self) : nil
    }

    // MARK: From lines

    /// 第一名 and a name on the next line, without a table's heads.
    private func rankedLines() -> [NoticeAward] {
        guard kind == .candidates || kind == .otherDeal else { return [] }
        var awards: [NoticeAward] = []
        for mark in scan.places(of: .rankMark) where scan.lineStart(mark.start) == mark.start {
            var at = mark.end
            while at < bytes.count,
                bytes[at] == 0x0A || bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ":")
            {
                at += 1
            }
            guard let range = scan.lineValue(at: at), let cut = beforeKnownWord(range), isName(cut) else {
                continue
            }
            awards.append(
                NoticeAward(
                    rank: awards.count + 1, name: scan.folded.printed(cut), members: [], price: nil, lot: nil,
                    place: scan.place(cut, from: mark.start)))
        }
        return awards
    }

    /// Up to the next known word: a name does not hold one, but 下浮比例 may follow it on the line.
    private func beforeKnownWord(_ range: Range<Int>) -> Range<Int>? {
        let number = scan.firstOccurrence(from: range.lowerBound + 1)
        guard number < scan.occurrences.count, scan.occurrences[number].start < range.upperBound,
            scan.words.roles[scan.occurrences[number].phrase] == [.ignored]
        else { return range }
        return range.lowerBound..<scan.occurrences[number].start
    }

    /// A field that names several suppliers with commas between. How the sum is shared is not said.
    private func namedSuppliers() -> [NoticeAward] {
        guard let (text, place) = extras(.winner).first else { return [] }
        let names = text.split { $0 == "," || $0 == "，" }.map { String($0).trimmed }.filter { !$0.isEmpty }
        guard names.count > 1 else { return [] }
        return names.prefix(100).map {
            NoticeAward(rank: nil, name: $0, members: [], price: nil, lot: nil, place: place)
        }
    }

    /// One winner from a field, a label or the winner's block, and the first award sum.
    private func winner(lots: [NoticeLot]) -> NoticeAward? {
        guard let name = winnerName() else { return nil }
        return NoticeAward(
            rank: nil, name: name.value, members: [], price: awardSum(), lot: onlyLot(lots), place: name.place
        )
    }

    private func winnerName() -> Found<String>? {
        for (text, place) in extras(.winner) where !text.trimmed.isEmpty && !isFailure(text) {
            return Found(text.trimmed, at: place)
        }
        for label in scan.places(of: .winner) where scan.opensLine(label.start) && !isTableHead(label.start) {
            let after = scan.label(after: label.end)
            guard after.isSeparated, let range = scan.lineValue(at: after.value), isName(range) else {
                continue
            }
            return Found(scan.folded.printed(range), at: scan.place(range, from: label.start))
        }
        for block in scan.places(of: .winnerBlock) {
            if let name = nameInBlock(after: block.end) { return name }
        }
        return nil
    }

    private func awardSum() -> PrintedSum? {
        for (text, _) in extras(.contractSum) + extras(.award) { return Self.sum(in: text) }
        for label in scan.places(of: .award) where !isTableHead(label.start) {
            if let reading = sum(after: label) { return reading.sum }
        }
        return nil
    }

    // MARK: Failure

    /// The supplier's field says that there is none: 流拍.
    private func isFailure(_ text: String) -> Bool {
        let folded = NoticeText.fold(text)
        return scan.words.roles.indices.contains { index in
            scan.words.roles[index].contains(.failure) && NoticeText.fold(scan.words.printed[index]) == folded
        }
    }

    /// 流标, 废标, 终止 in words that say it of this project.
    func failure() -> Found<String>? {
        guard
            kind == .procurementResult || kind == .procurementTermination || kind == .tenderTermination
                || kind == .landResult
        else { return nil }
        for (text, place) in extras(.winner) where isFailure(text) { return Found(text.trimmed, at: place) }
        guard let label = scan.places(of: .failure).first else { return nil }
        let range = label.start..<label.end
        return Found(scan.folded.printed(range), at: scan.place(range))
    }
}
