import Catalogue
import CivilTime
import Law
import Obligations
import People
import Projects
import Web

/// A condition of a list that names something (查询条件).
enum NamedCondition: Sendable {
    case jurisdiction(String), field(String), body(String), item(String), project(String)
}

extension Reading {
    /// Refuses a condition that names nothing known here: an empty list would read as a clean record.
    ///
    /// - Throws: `Problem`, which says what is not known and where to look it up.
    func demand(_ conditions: NamedCondition?...) throws {
        for case let condition? in conditions where try !knows(condition) { throw try unknown(condition) }
    }

    /// The id of a body asked for by its id or by its name; nil where neither is known.
    func bodyID(_ words: String, in jurisdiction: String?) throws -> String? {
        if try transaction.bodies.body(words) != nil { return words }
        for place in try jurisdiction.map({ [$0] }) ?? jurisdictionsThatOwe() {
            if let found = try transaction.bodies.resolve(words, in: place, on: day) { return found.id }
        }
        return nil
    }

    private func knows(_ condition: NamedCondition) throws -> Bool {
        switch condition {
        case .jurisdiction(let code): try transaction.jurisdictions.jurisdiction(code) != nil
        case .field(let field):
            try fieldsThatOwe().contains(field) || law.chains.contains { $0.field == field }
                || transaction.catalogue.holds(field: field)
        case .body(let id): try transaction.bodies.body(id) != nil
        case .item(let id): try !transaction.catalogue.names(of: [id]).isEmpty
        case .project(let id): try !transaction.projects.projects([id]).isEmpty
        }
    }

    private func unknown(_ condition: NamedCondition) throws -> Problem {
        switch condition {
        case .jurisdiction(let code):
            return Problem(
                .notFound, code: "jurisdiction-unknown", detail: "没有辖区“\(code)”。辖区的代码见“公开主体”页的各辖区。")
        case .field(let field):
            return Problem(.notFound, code: "field-unknown", detail: "没有领域“\(field)”。领域的名称见“栏目”页。")
        case .body(let words):
            let alike = try transaction.bodies.names(resembling: words, limit: 5)
            let hint = alike.isEmpty ? "名称写全，或者在“公开主体”页查找。" : "是不是：\(alike.joined(separator: "、"))？"
            return Problem(.notFound, code: "body-unknown", detail: "没有名称或者编号为“\(words)”的公开主体。\(hint)")
        case .item(let id):
            return Problem(.notFound, code: "item-unknown", detail: "没有公开事项“\(id)”。事项的编号见“公开目录”页。")
        case .project(let id):
            return Problem(.notFound, code: "project-unknown", detail: "没有项目“\(id)”。用项目的编号在“进度查询”页查找。")
        }
    }
}
