import CivilTime

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

    func notice() throws(RowFinding) -> RawNotice {
        guard value.members != nil else {
            throw finding(.notAnObject, "The line is \(value.kindName), not an object.")
        }
        for field in form.requiredFields where value[field] == nil {
            throw finding(.fieldMissing, "The field “\(field)” is missing.")
        }
        let fields = form.fields
        return RawNotice(
            row: row, source: form.source, recordID: try recordID(), title: try title(),
            business: try text(fields.business) ?? "", info: try text(fields.info) ?? "",
            published: try published(), text: try text(fields.text) ?? "",
            region: try optional(fields.region), projectCode: try optional(fields.project),
            medium: try optional(fields.medium), buyer: try optional(fields.buyer),
            agency: try optional(fields.agency), budget: try optional(fields.budget),
            extra: try extra(), addresses: try addresses(), attachments: try attachments(),
            canonicalBytes: value.canonicalBytes)
    }

    private func finding(_ code: RowFinding.Code, _ detail: String) -> RowFinding {
        RowFinding(row: row, code: code, detail: detail)
    }

    /// The field's text; nil when it is absent or null.
    private func text(_ field: String) throws(RowFinding) -> String? {
        switch value[field] {
        case nil, .null: return nil
        case .string(let text): return text
        case .some(let other):
            throw finding(.fieldType, "The field “\(field)” is \(other.kindName), not a string.")
        }
    }

    /// The field's text without white space around it; nil when nothing is left.
    private func optional(_ field: String?) throws(RowFinding) -> String? {
        guard let field, let text = try text(field) else { return nil }
        let trimmed = text.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    private func recordID() throws(RowFinding) -> String {
        guard let id = try optional(form.fields.record) else {
            throw finding(.recordIDMissing, "The field “\(form.fields.record)” is empty.")
        }
        guard id.utf8.count <= form.limits.recordIDBytesMax else {
            throw finding(
                .recordIDTooLong,
                "The field “\(form.fields.record)” is longer than \(form.limits.recordIDBytesMax) bytes.")
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
        return title
    }

    private func published() throws(RowFinding) -> ClaimedTime {
        let field = form.fields.published
        guard let printed = try optional(field) else {
            throw finding(.publishTimeInvalid, "The field “\(field)” is empty.")
        }
        guard printed.utf8.count <= 40, let moment = PrintedMoment(whole: NoticeText.fold(printed)) else {
            throw finding(
                .publishTimeInvalid,
                "The field “\(field)” is no day (YYYY-MM-DD, or with HH:MM): “\(printed.prefix(40))”.")
        }
        // A system that knows no time writes the first day it can count from.
        guard let earliest = Day(1949, 10, 1), moment.day >= earliest else {
            throw finding(
                .publishTimeInvalid, "The field “\(field)” lies before 1949-10-01: “\(printed.prefix(40))”.")
        }
        return ClaimedTime(printed: printed, day: moment.day, time: moment.time)
    }

    private func extra() throws(RowFinding) -> [NamedText] {
        guard let field = form.fields.extra, let found = value[field], found != .null else { return [] }
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
        return values.prefix(200).compactMap { value in
            guard let name = value["name"]?.string?.trimmed, !name.isEmpty else { return nil }
            return NoticeAttachment(
                name: String(name.prefix(300)), address: value["url"]?.string.flatMap(WebAddress.clean))
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
    /// White space; told at once of ASCII, which most of them are.
    var isBlank: Bool {
        isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
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
