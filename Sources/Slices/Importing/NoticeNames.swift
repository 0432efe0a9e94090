import ChineseText

/// Names and numbers: the project, its codes, the parties, the method.
extension NoticeReading {
    /// The first 项目名称 that the title repeats. Another name may be that of earlier work by a bidder (业绩).
    func projectName() -> Found<String>? {
        let title = NoticeText.fold(raw.title)
        for label in scan.places(of: .projectName) where !isTableHead(label.start) {
            let after = scan.label(after: label.end)
            guard after.isSeparated, let range = scan.lineValue(at: after.value), range.count >= 6,
                title.holds(Array(bytes[range].prefix(36)))
            else { continue }
            return Found(
                scan.folded.printed(range, scalarsMax: 300), at: scan.place(range, from: label.start))
        }
        return nil
    }

    // MARK: Numbers

    func keys() -> [NoticeKey] {
        var keys: [NoticeKey] = []
        func add(_ kind: NoticeKeyKind, _ scope: String, _ printed: String, _ place: Place) {
            let value = CodeFolding.fold(printed)
            guard isNumber(value), keys.count < 40,
                !keys.contains(where: { $0.kind == kind && $0.folded == value })
            else { return }
            keys.append(NoticeKey(kind: kind, scope: scope, printed: printed, folded: value, place: place))
        }
        let region = raw.region ?? ""
        for (role, kind) in numberRoles {
            for label in scan.places(of: role) {
                for range in numbers(after: label) {
                    add(kind, region, scan.folded.printed(range), scan.place(range, from: label.start))
                }
            }
        }
        for (role, kind) in numberRoles {
            for (text, place) in extras(role) {
                for code in PrintedCodes.codes(in: text) { add(kind, region, code, place) }
            }
        }
        let hasMain = keys.contains { $0.kind == mainKind }
        for code in raw.projectCodes {
            let place = Place.field(name: form.fields.project ?? "")
            add(.platformProject, raw.source, code, place)
            if !hasMain { add(mainKind, region, code, place) }
        }
        return keys
    }

    /// A number has a digit and is neither very short nor a sentence.
    private func isNumber(_ folded: String) -> Bool {
        let count = folded.utf8.count
        return count >= 4 && count <= 96 && folded.utf8.contains { $0.isASCIIDigit } && !folded.contains("。")
    }

    /// What 项目编号 is, by the trade.
    private var mainKind: NoticeKeyKind {
        kind.isProcurement ? .procurementProject : kind.isTender ? .tenderProject : .entryProject
    }

    private var numberRoles: [(NoticeRole, NoticeKeyKind)] {
        [
            (.projectCode, mainKind), (.procurementPlan, .procurementPlan), (.budgetNumber, .budget),
            (.tenderSection, .tenderSection), (.constructionReport, .constructionReport),
            (.fixedInvestment, .fixedInvestment), (.landAnnouncement, .landAnnouncement),
            (.landParcel, .landParcel), (.approvalDocument, .approvalDocument),
            (.entryProject, .entryProject),
        ]
    }

    /// The numbers on the line after a label, parted by semicolons.
    private func numbers(after label: PhraseIndex.Occurrence) -> [Range<Int>] {
        guard !isTableHead(label.start) else { return [] }
        let after = scan.label(after: label.end)
        let colon = bytes[label.end..<after.value].contains(UInt8(ascii: ":"))
        guard colon || (after.isSeparated && scan.opensLine(label.start)),
            let line = scan.lineValue(at: after.value)
        else { return [] }
        var ranges: [Range<Int>] = []
        var start = line.lowerBound
        var depth = 0
        for at in line {
            switch bytes[at] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return ranges + (start < at ? [start..<at] : []) }
            case UInt8(ascii: ";"), UInt8(ascii: ","):
                if start < at { ranges.append(start..<at) }
                if bytes[at] == UInt8(ascii: ",") { return ranges }
                start = at + 1
            default: continue
            }
        }
        return start < line.upperBound ? ranges + [start..<line.upperBound] : ranges
    }

    // MARK: Parties

    enum Party {
        case buyer, agency

        var role: NoticeRole { self == .buyer ? .buyer : .agency }
        var block: NoticeRole { self == .buyer ? .buyerBlock : .agencyBlock }
        func field(of form: NoticeForm) -> String? { self == .buyer ? form.fields.buyer : form.fields.agency }
    }

    func party(_ party: Party) -> Found<String>? {
        let given = party == .buyer ? raw.buyer : raw.agency
        if let given, let field = party.field(of: form) { return Found(given, at: .field(name: field)) }
        for (text, place) in extras(party.role) where !text.trimmed.isEmpty {
            return Found(text.trimmed, at: place)
        }
        for block in scan.places(of: party.block) {
            if let name = nameInBlock(after: block.end) { return name }
        }
        for label in scan.places(of: party.role)
        where scan.opensLine(label.start) && !isTableHead(label.start) {
            let after = scan.label(after: label.end)
            guard after.isSeparated, let range = scan.lineValue(at: after.value) else { continue }
            if bytes[range].elementsEqual(Self.blockWord) {
                if let name = nameInBlock(after: range.upperBound) { return name }
            } else if isName(range) {
                return Found(scan.folded.printed(range), at: scan.place(range, from: label.start))
            }
        }
        return nil
    }

    private static let blockWord = Array("信息".utf8)
    private static let blockReach = 300

    /// 采购人信息, then 名称: the name, before the next party's block.
    func nameInBlock(after end: Int) -> Found<String>? {
        let blocks: [NoticeRole] = [.buyerBlock, .agencyBlock, .winnerBlock]
        let stop =
            blocks.flatMap { scan.places(of: $0) }.map(\.start).filter { $0 > end }.min() ?? bytes.count
        for label in scan.places(of: .partyName)
        where label.start >= end && label.start < min(stop, end + Self.blockReach) {
            let after = scan.label(after: label.end)
            guard scan.opensLine(label.start), after.isSeparated, let range = scan.lineValue(at: after.value),
                isName(range)
            else { continue }
            return Found(scan.folded.printed(range), at: scan.place(range, from: label.start))
        }
        return nil
    }

    /// Whether the text can be an organisation's name: three wide characters at least, and no number.
    func isName(_ range: Range<Int>) -> Bool {
        guard range.count >= 9, range.count <= 600, !bytes[range.lowerBound].isASCIIDigit
        else { return false }
        return bytes[range].count { $0 >= 0xE0 } >= 3 && !bytes[range].contains(UInt8(ascii: ":"))
    }

    // MARK: Method

    /// 采购方式: as the title says, else as the one word after its label.
    ///
    /// A form with tick boxes prints every word; then only the title tells.
    func method() -> Found<ProcurementMethod>? {
        let title = NoticeText.fold(raw.title)
        let named = scan.words.methods.filter { title.holds($0.folded) }
        if named.count == 1 { return Found(named[0].method, at: .field(name: form.fields.title)) }
        guard named.isEmpty else { return nil }
        for label in scan.places(of: .method) {
            let after = scan.label(after: label.end)
            guard after.isSeparated, let range = scan.lineValue(at: after.value),
                let found = scan.words.methods.first(where: { bytes[range].starts(with: $0.folded) }),
                !isMethodLine(range.upperBound + 1)
            else { continue }
            return Found(found.method, at: scan.place(range, from: label.start))
        }
        return nil
    }

    private func isMethodLine(_ at: Int) -> Bool {
        at < bytes.count && scan.words.methods.contains { bytes[at...].starts(with: $0.folded) }
    }
}
