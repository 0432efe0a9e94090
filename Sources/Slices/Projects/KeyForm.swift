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

    /// What is to be asked about a code that somebody typed; nil where there is nothing to ask. Chinese, no full stop.
    ///
    /// An investment code has one form only; a platform may give numbers of its own.
    package var doubt: String? {
        switch (kind, form) {
        case (_, .flawed(let flaw)): "\(kind.title)形似\(flaw.sentence)"
        case (.investment, nil):
            "\(kind.title)“\(printed)”不是\(InvestmentCode.name)的形式（24位，如 2503-411481-04-01-225421），按原文归集"
        case (.platform, nil): "\(kind.title)“\(printed)”不是\(DealCode.name)的形式，按平台自编的编号归集"
        default: nil
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
