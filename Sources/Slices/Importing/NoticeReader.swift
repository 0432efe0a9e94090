import CivilTime
import Markup
import Publishing
import Storage

/// Reads the rows of a file in one form, one line at a time.
package struct NoticeReader: Sendable {
    package let form: NoticeForm

    package init(form: NoticeForm) {
        self.form = form
    }

    /// The notice in a line, or why there is none.
    ///
    /// - Parameters:
    ///   - line: without its line end.
    ///   - number: its place in the file, from 1.
    package func read(line: [UInt8], number: Int) -> Result<RawNotice, RowFinding> {
        guard line.count <= form.limits.lineBytesMax else { return .failure(tooLong(row: number)) }
        do throws(JSONProblem) {
            let value = try JSONReader.read(line, depthMax: form.limits.depthMax)
            return notice(value, row: number)
        } catch {
            return .failure(RowFinding(row: number, error))
        }
    }

    /// The same for a row that is read already.
    package func read(value: JSONValue, row: Int) -> Result<RawNotice, RowFinding> { notice(value, row: row) }

    /// The finding for a line that was skipped because of its length.
    package func tooLong(row: Int) -> RowFinding {
        RowFinding(
            row: row, code: .lineTooLong,
            detail: "The line is longer than \(form.limits.lineBytesMax) bytes.")
    }

    private func notice(_ value: JSONValue, row: Int) -> Result<RawNotice, RowFinding> {
        do throws(RowFinding) {
            return .success(try RowReader(form: form, value: value, row: row).notice())
        } catch {
            return .failure(error)
        }
    }
}

/// One row at work.
private struct RowReader {
    let form: NoticeForm
    let value: JSONValue
    let row: Int
    private let canonicalBytes: [UInt8]

    init(form: NoticeForm, value: JSONValue, row: Int) {
        self.form = form
        self.value = value
        self.row = row
        canonicalBytes =
            form.ignored.isEmpty
            ? value.canonicalBytes
            : JSONValue.object((value.members ?? []).filter { !form.ignored.contains($0.name) })
                .canonicalBytes
    }

    func notice() throws(RowFinding) -> RawNotice {
        guard value.members != nil else {
            throw finding(.notAnObject, "The line is \(value.kindName), not an object.")
        }
        for field in form.requiredFields where value[field] == nil {
            throw finding(.fieldMissing, "The field “\(field)” is missing.")
        }
        let fields = form.fields
        let (published, dayLoss) = try published()
        let (codes, codeLoss) = try projectCodes()
        let (marks, marksLosses) = try marks()
        let (text, buyer) = (try wholeText(), try optional(fields.buyer))
        return RawNotice(
            row: row, source: form.source, recordID: try recordID(), title: try title(),
            business: try business(), info: try optional(fields.info) ?? "",
            published: published, versionDay: try optional(fields.versionDay), text: text,
            markedText: markedText(beside: text),
            region: try optional(fields.region), projectCodes: codes,
            medium: try optional(fields.medium), buyer: buyer,
            agency: try optional(fields.agency), budget: try optional(fields.budget),
            extra: try extra(), addresses: try addresses(), attachments: try attachments(), marks: marks,
            canonicalBytes: canonicalBytes,
            losses: [dayLoss, codeLoss, text.isEmpty ? .textMissing : nil].compactMap { $0 } + marksLosses,
            fieldNames: (value.members ?? []).map(\.name))
    }

    private func business() throws(RowFinding) -> String {
        let printed = try optional(form.fields.business) ?? ""
        guard !form.businessWords.isEmpty else { return printed }
        return form.businessWords.first { printed.contains($0.word) }?.business ?? ""
    }

    /// The numbers of the project's field. A JSON source has a field for one; a cell of a table holds what it may.
    private func projectCodes() throws(RowFinding) -> ([String], RowLoss?) {
        guard let field = form.fields.project else { return ([], nil) }
        guard let printed = try optional(field) else { return ([], .codeMissing) }
        guard form.carrier == .table else { return ([printed], nil) }
        let codes = PrintedCodes.codes(in: printed)
        return (codes, codes.isEmpty ? .codeUnreadable : nil)
    }

    /// The text's field, or the columns that stand for it, each on a line with its name.
    private func wholeText() throws(RowFinding) -> String {
        if let field = form.fields.text { return try text(field) ?? "" }
        var lines: [String] = []
        for column in form.fields.textColumns {
            if let cell = try optional(column) { lines.append("\(column)：\(cell)") }
        }
        return lines.joined(separator: "\n")
    }

    /// Of a saved page the member beside its text, else what the writing of the text's field marks.
    private func markedText(beside text: String) -> WrittenText? {
        guard let field = form.fields.text else { return nil }
        if form.carrier == .page { return markedText(of: [.structured, .marked]) }
        guard let cell = value[field]?.string, let marked = form.writings[field]?.marked(cell),
            marked.text != text
        else { return nil }
        return marked
    }

    private func markedText(of forms: [TextForm]) -> WrittenText? {
        forms.lazy.compactMap { form in
            value[form.rawValue]?.string.map { WrittenText(text: $0, form: form) }
        }.first
    }

    private func finding(_ code: RowFinding.Code, _ detail: String) -> RowFinding {
        RowFinding(row: row, code: code, detail: detail)
    }

    /// The field's text; nil when it is absent or null.
    private func text(_ field: String) throws(RowFinding) -> String? {
        switch value[field] {
        case nil, .null: return nil
        case .string(let text): return form.writings[field]?.printed(text) ?? text
        case .number(let digits) where form.writings[field] != nil:
            return form.writings[field]?.printed(digits)
        case .some(let other):
            throw finding(.fieldType, "The field “\(field)” is \(other.kindName), not a string.")
        }
    }

    /// The field's text without white space around it; nil when nothing is left.
    private func optional(_ field: String?) throws(RowFinding) -> String? {
        guard let field, let text = try text(field) else { return nil }
        let trimmed = form.carrier == .table ? text.tidied : text.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    private func recordID() throws(RowFinding) -> String {
        let names = form.fields.record
        guard !names.isEmpty else { return "sha256:" + ContentHash.sha256(canonicalBytes) }
        var parts: [String] = []
        for name in names {
            if let part = try optional(name) { parts.append(part) }
        }
        let fields = names.map { "“\($0)”" }.joined(separator: ", ")
        guard !parts.isEmpty else { throw finding(.recordIDMissing, "The field \(fields) is empty.") }
        let id = parts.joined(separator: " · ")
        guard id.utf8.count <= form.limits.recordIDBytesMax else {
            throw finding(
                .recordIDTooLong, "The field \(fields) is longer than \(form.limits.recordIDBytesMax) bytes.")
        }
        return id
    }

    private func title() throws(RowFinding) -> String {
        guard let title = try optional(form.fields.title) else {
            throw finding(.titleMissing, "The field “\(form.fields.title)” is empty.")
        }
        guard title.scalarCount <= form.limits.titleScalarsMax else {
            throw finding(
                .titleTooLong,
                "The field “\(form.fields.title)” is longer than \(form.limits.titleScalarsMax) characters.")
        }
        return form.fields.titleEnding.map { "\(title) \($0)" } ?? title
    }

    private func published() throws(RowFinding) -> (ClaimedTime, RowLoss?) {
        guard let field = form.fields.published, let printed = try optional(field) else {
            if form.mayLackDay { return (ClaimedTime(printed: "", day: nil, time: nil), .dayMissing) }
            throw finding(.publishTimeInvalid, "The field “\(form.fields.published ?? "")” is empty.")
        }
        guard printed.utf8.count <= 40, let moment = PrintedMoment(whole: NoticeText.fold(printed)) else {
            if form.mayLackDay {
                return (ClaimedTime(printed: String(printed.prefix(40)), day: nil, time: nil), .dayUnreadable)
            }
            throw finding(
                .publishTimeInvalid,
                "The field “\(field)” is no day (YYYY-MM-DD, or with HH:MM): “\(printed.prefix(40))”.")
        }
        if let from = form.publishedFrom, moment.day < from {
            return (ClaimedTime(printed: printed, day: nil, time: nil), .dayImplausible)
        }
        // A system that knows no time writes the first day it can count from.
        guard let earliest = Day(1949, 10, 1), moment.day >= earliest else {
            throw finding(
                .publishTimeInvalid, "The field “\(field)” lies before 1949-10-01: “\(printed.prefix(40))”.")
        }
        return (ClaimedTime(printed: printed, day: moment.day, time: moment.time), nil)
    }

    /// What is too long for a mark is none, and so is a day that cannot be read.
    private func marks() throws(RowFinding) -> (PaperMarks, [RowLoss]) {
        let fields = form.fields
        let printed = PaperMarks(
            indexNumber: try optional(fields.indexNumber),
            documentNumber: try optional(fields.documentNumber),
            documentKind: try optional(fields.documentKind), addressees: try optional(fields.addressees),
            openness: try optional(fields.openness), dated: try writtenDay(),
            issuer: try optional(fields.issuer))
        let marks = printed.withinLimits
        let isUnread = try optional(fields.dated) != nil && marks.dated == nil
        return (marks, (marks == printed ? [] : [.markTooLong]) + (isUnread ? [.markUnreadable] : []))
    }

    private func writtenDay() throws(RowFinding) -> Day? {
        try optional(form.fields.dated).flatMap { PrintedMoment(whole: NoticeText.fold($0))?.day }
    }

    /// The further named values: of the member that holds them, or the row's own fields that have a role.
    private func extra() throws(RowFinding) -> [NamedText] {
        guard let field = form.fields.extra else {
            var named: [NamedText] = []
            for member in value.members ?? [] where form.extraRoles[member.name] != nil {
                if let text = try optional(member.name) {
                    named.append(NamedText(name: member.name, text: text))
                }
            }
            return named
        }
        guard let found = value[field], found != .null else { return [] }
        guard let members = found.members else {
            throw finding(.fieldType, "The field “\(field)” is \(found.kindName), not an object.")
        }
        return members.compactMap { member in
            member.value.string.map { NamedText(name: member.name, text: $0) }
        }
    }

    private func addresses() throws(RowFinding) -> [String] {
        var addresses: [String] = []
        for field in form.fields.addresses {
            if let printed = try optional(field), let address = WebAddress.clean(printed),
                !addresses.contains(address)
            {
                addresses.append(address)
            }
        }
        return addresses
    }

    private func attachments() throws(RowFinding) -> [NoticeAttachment] {
        guard let field = form.fields.attachments, let found = value[field], found != .null else { return [] }
        guard let values = found.array else {
            throw finding(.fieldType, "The field “\(field)” is \(found.kindName), not a list.")
        }
        return values.prefix(EditionRecord.attachmentsMax).compactMap { value in
            guard let name = value["name"]?.string?.trimmed, !name.isEmpty else { return nil }
            return NoticeAttachment(
                name: String(name.unicodeScalars.prefix(EditionRecord.attachmentNameMax)),
                address: value["url"]?.string.flatMap(WebAddress.clean))
        }
    }
}

/// Web addresses as sources print them.
enum WebAddress {
    /// A link that a page may carry: http or https, no white space, at most 2,000 bytes; else nil.
    ///
    /// Two addresses run together with a space between, a base before a whole one, give the last.
    static func clean(_ printed: String) -> String? {
        let pieces = printed.unicodeScalars.split(whereSeparator: \.isBlank)
        guard let last = pieces.last(where: { isWeb($0) }),
            last.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "<" })
        else { return nil }
        let address = String(last)
        return address.utf8.count <= 2000 ? address : nil
    }

    private static func isWeb(_ text: Substring.UnicodeScalarView) -> Bool {
        let scheme = String(text.prefix(8)).lowercased()
        return ["http://", "https://"].contains {
            scheme.hasPrefix($0) && text.dropFirst($0.utf8.count).first != nil
        }
    }
}

extension Unicode.Scalar {
    /// White space, as Unicode has it; its own tables are looked up far more slowly.
    var isBlank: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        let view = unicodeScalars
        guard let first = view.firstIndex(where: { !$0.isBlank }) else { return "" }
        var last = view.endIndex
        while last > first {
            let before = view.index(before: last)
            guard view[before].isBlank else { break }
            last = before
        }
        return String(view[first..<last])
    }

    /// How many Unicode scalars it has, told from its bytes.
    var scalarCount: Int {
        var text = self
        return text.withUTF8 { bytes in bytes.count { $0 & 0xC0 != 0x80 } }
    }
}
