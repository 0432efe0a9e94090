/// Why a row of an imported file was refused or not taken again, so that somebody can mend it.
package struct RowFinding: Error, Sendable, Hashable {
    package enum Code: String, Sendable, CaseIterable {
        case invalidJSON = "json-invalid"
        case tooDeep = "json-too-deep"
        case memberTwice = "json-member-twice"
        case invalidUTF8 = "utf8-invalid"
        case nul = "nul"
        case lineTooLong = "line-too-long"
        case notAnObject = "not-an-object"
        case fieldMissing = "field-missing"
        case fieldType = "field-type"
        case recordIDMissing = "record-id-missing"
        case recordIDTooLong = "record-id-too-long"
        case titleMissing = "title-missing"
        case titleTooLong = "title-too-long"
        case publishTimeInvalid = "publish-time-invalid"
        /// The same record id stands in an earlier row of the file with other content.
        case duplicateRecord = "record-twice"
        /// The same record with the same content stands in an earlier row of the file: counted once, not refused.
        case repeatedRow = "repeated-row"
        /// A row of a table with more or fewer cells than its header.
        case rowRagged = "row-ragged"
        /// Bytes that are no character of the file's encoding.
        case bytesBroken = "bytes-broken"
    }
    /// The line of the file, from 1.
    package let row: Int
    package let code: Code
    /// One sentence: where, and what.
    package let detail: String

    package init(row: Int, code: Code, detail: String) {
        self.row = row
        self.code = code
        self.detail = detail
    }
}

extension RowFinding {
    package init(row: Int, _ problem: JSONProblem) {
        let code: Code =
            switch problem.kind {
            case .badText: .invalidJSON
            case .tooDeep: .tooDeep
            case .badUTF8: .invalidUTF8
            case .nul: .nul
            case .memberTwice: .memberTwice
            }
        self.init(row: row, code: code, detail: "Byte \(problem.offset + 1) of the line: \(problem.detail).")
    }
}
