import Identifiers

/// The standard whose form a project's code has (编号规则).
package enum KeyForm: Sendable, Hashable {
    case deal(DealCode)
    case investment(InvestmentCode)
    /// Printed like a code of a standard, but against its rules: a slip, or a number of another kind.
    case flawed(CodeFlaw)

    /// 统一交易标识码, 投资项目统一代码.
    package var name: String {
        switch self {
        case .deal: DealCode.name
        case .investment: InvestmentCode.name
        case .flawed(let flaw): flaw.code
        }
    }
}

extension ProjectKey {
    /// The standard form of the code, or nil for a number that only its giver understands.
    ///
    /// A flaw is told, never a reason to refuse: a notice is imported as it was printed, and the code gathers what
    /// bears it, right or wrong.
    package var form: KeyForm? {
        let code = folded
        switch kind {
        case .platform where code.hasParts([3, 18, 8, 6, 1]):
            return read(code) { text throws(CodeFlaw) in .deal(try DealCode(text)) }
        case .investment where code.hasParts([4, 6, 2, 2, 6]):
            return read(code) { text throws(CodeFlaw) in .investment(try InvestmentCode(text)) }
        default: return nil
        }
    }

    private func read(_ code: String, as form: (String) throws(CodeFlaw) -> KeyForm) -> KeyForm {
        do {
            return try form(code)
        } catch {
            return .flawed(error)
        }
    }
}

extension String {
    /// Whether hyphens part it into pieces of these lengths.
    fileprivate func hasParts(_ lengths: [Int]) -> Bool {
        split(separator: "-", omittingEmptySubsequences: false).map(\.count) == lengths
    }
}
