import CivilTime
import Law
import Markup

/// Why a form file cannot be used, or a file's rows are of no known form.
package enum NoticeFormProblem: Refusal, Hashable {
    /// A form's data file is wrong: which part, what about it, and the file when it is not a built-in one.
    case badFormFile(part: String, detail: String, file: String = "")
    /// No known form has the fields that the file has.
    case unknownForm(found: [String], known: [String])
    /// The file is not lines of JSON objects.
    case notJSONLines(detail: String)

    package var kind: RefusalKind { .invalid }

    package var code: String {
        switch self {
        case .badFormFile: "form-file-invalid"
        case .unknownForm: "form-unknown"
        case .notJSONLines: "not-json-lines"
        }
    }

    /// One sentence for the reader: what is wrong, and what to do.
    package var detail: String {
        switch self {
        case .badFormFile(let part, let detail, let file):
            "The form file \(file.isEmpty ? "" : "“\(file)” ")is wrong at \(part): \(detail). "
                + "Correct the file, or remove it to use the built-in one."
        case .unknownForm(let found, let known):
            "No known form has these fields: \(found.prefix(20).joined(separator: ", ")). "
                + "Known: \(known.joined(separator: "; ")). Export in one of these forms, "
                + "or draft a form file with `sundial import --learn` and give it with --form."
        case .notJSONLines(let detail):
            "Not one JSON object a line: \(detail). Save the notices as JSON Lines (one object a line, UTF-8)."
        }
    }
}

/// A form of imported notices: how it is recognised, which field is what, and which phrases introduce what.
///
/// Read from a data file, so that another platform's form is another file and no code.
package struct NoticeForm: Sendable {
    package let id: String
    package let version: String
    package let title: String
    /// Where the records come from; with the record id it names a record for good.
    package let source: String
    package let carrier: FileCarrier
    /// All of them must be present for the form to be recognised, and in every row.
    package let requiredFields: [String]
    package let limits: Limits
    let fields: Fields
    /// Fields that are left out of the record: a running number that another export gives another row.
    package let ignored: Set<String>
    let writings: [String: CellWriting]
    /// A row may have no readable day; then none is claimed. Elsewhere such a row is refused.
    let mayLackDay: Bool
    /// An earlier day of publication is a slip and not believed.
    let publishedFrom: Day?
    /// Whether a row holds the whole notice, or only a title or an excerpt.
    let isWhole: Bool
    /// The first of these words that the business field holds names the business; empty: the field itself does.
    let businessWords: [(word: String, business: String)]
    let kinds: [KindRule]
    let extraRoles: [String: NoticeRole]
    let words: NoticeWords

    package struct Limits: Sendable, Hashable {
        package let lineBytesMax: Int
        package let titleScalarsMax: Int
        package let recordIDBytesMax: Int
        package let depthMax: Int
    }

    /// The names of the fields in this form; nil where the form has none.
    struct Fields: Sendable {
        /// Together they name the record; empty: its content does.
        let record: [String]
        let title: String
        /// What the form adds to the title: the kind of notice, where the rows do not say it.
        let titleEnding: String?
        let published: String?
        /// The day of a policy text's version; no day of publication.
        let versionDay: String?
        let text: String?
        /// Printed as lines of the text with their names, where a row has no text of its own.
        let textColumns: [String]
        let business: String?
        let info: String?
        let region: String?
        let project: String?
        let medium: String?
        let buyer: String?
        let agency: String?
        let budget: String?
        let extra: String?
        let attachments: String?
        let indexNumber: String?
        let documentNumber: String?
        let documentKind: String?
        let addressees: String?
        let openness: String?
        let dated: String?
        let issuer: String?
        let addresses: [String]
    }

    /// One line of the table of kinds: these field values, and one of these words in the heading.
    struct KindRule: Sendable {
        let business: String
        let info: String
        /// Folded; empty: any heading.
        let headings: [[UInt8]]
        let kind: NoticeKind
        /// The catalogue item that such a notice discharges, by jurisdiction; empty with a reason.
        let items: [String: String]
        let isCorrection: Bool
        let reason: String?
    }

    /// Every built-in form.
    package static func builtIn() throws(NoticeFormProblem) -> [NoticeForm] {
        var forms: [NoticeForm] = []
        for name in DataFiles.builtInNames where name.hasPrefix("form-") {
            forms.append(try load(DataFiles.builtIn(name) ?? []))
        }
        return forms
    }

    /// Reads a form file.
    ///
    /// - Parameter file: its name for the reader; empty for a built-in one.
    /// - Throws: `badFormFile` with the place in the file.
    package static func load(_ bytes: [UInt8], file: String = "") throws(NoticeFormProblem) -> NoticeForm {
        do throws(NoticeFormProblem) {
            return try read(bytes)
        } catch {
            guard case .badFormFile(let part, let detail, _) = error else { throw error }
            throw .badFormFile(part: part, detail: detail, file: file)
        }
    }

    private static func read(_ bytes: [UInt8]) throws(NoticeFormProblem) -> NoticeForm {
        let root: JSONValue
        do {
            root = try JSONReader.read(bytes)
        } catch {
            throw .badFormFile(part: "byte \(error.offset)", detail: error.detail)
        }
        return try NoticeFormReader(root: root).form()
    }

    /// Whether columns are the header of a table in this form.
    package func isHeader(_ columns: Set<String>) -> Bool {
        carrier == .table && columns.isSuperset(of: requiredFields)
    }

    /// The first form of which a row has every required field.
    ///
    /// - Throws: `notJSONLines` when the row is no object, `unknownForm` when no form fits.
    package static func recognise(
        firstRow: [UInt8], among forms: [NoticeForm]
    ) throws(NoticeFormProblem) -> NoticeForm {
        let value: JSONValue
        do {
            value = try JSONReader.read(firstRow)
        } catch {
            throw .notJSONLines(detail: "the first line: \(error.detail)")
        }
        return try recognise(first: value, carrier: .json, among: forms)
    }

    /// The same for a row that is read already, from such a carrier.
    package static func recognise(
        first value: JSONValue, carrier: FileCarrier, among forms: [NoticeForm]
    ) throws(NoticeFormProblem) -> NoticeForm {
        guard let members = value.members else {
            throw .notJSONLines(detail: "the first line is \(value.kindName)")
        }
        return try recognise(members.map(\.name), carrier, among: forms)
    }

    /// The form of which all required fields are there.
    package static func recognise(
        _ names: [String], _ carrier: FileCarrier, among forms: [NoticeForm]
    ) throws(NoticeFormProblem) -> NoticeForm {
        let present = Set(names)
        guard
            let form = forms.first(where: {
                $0.carrier == carrier && present.isSuperset(of: $0.requiredFields)
            })
        else {
            throw .unknownForm(
                found: names.map { String($0.prefix(40)) },
                known: forms.map { "\($0.title) (\($0.requiredFields.joined(separator: ", ")))" })
        }
        return form
    }

    /// Every field that a part of the form reads.
    package var readFields: Set<String> {
        var names = Set(fields.record + fields.textColumns + fields.addresses + extraRoles.keys).union(
            ignored)
        let single = [
            fields.title, fields.published, fields.versionDay, fields.text, fields.business, fields.info,
            fields.region,
            fields.project, fields.medium, fields.buyer, fields.agency, fields.budget, fields.extra,
            fields.attachments, fields.indexNumber, fields.documentNumber, fields.documentKind,
            fields.addressees, fields.openness, fields.dated, fields.issuer,
        ]
        names.formUnion(single.compactMap { $0 })
        // A page has its text with marks beside the text.
        if carrier == .page { names.formUnion(TextForm.allCases.map(\.rawValue)) }
        return names
    }
}

/// The phrases of a form, and the index that finds them.
struct NoticeWords: Sendable {
    let index: PhraseIndex
    /// By phrase number.
    let roles: [Set<NoticeRole>]
    let columns: [NoticeColumn?]
    let printed: [String]
    let methods: [(folded: [UInt8], method: ProcurementMethod)]
}
