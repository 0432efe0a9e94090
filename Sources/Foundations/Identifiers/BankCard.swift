/// The number of a bank card (银行卡号).
///
/// Company accounts (对公账户) follow no such rule. Personal: prints and dumps as a mask.
package struct BankCard: Sendable, Hashable {
    package static let name = "银行卡号"
    package let digits: String

    /// Reads 12 to 19 digits, also in groups parted by single blanks or hyphens.
    ///
    /// - Law: ISO/IEC 7812: the check of Luhn.
    package init(_ text: some StringProtocol) throws(CodeFlaw) {
        let printed = try CodeText(text, of: BankCard.name, lengths: 12...37)
        var digits: [Int] = []
        for (index, byte) in printed.bytes.enumerated() {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") {
                let isBetween = index > 0 && index + 1 < printed.bytes.count
                guard isBetween, BankCard.isDigit(printed.bytes[index - 1]) else {
                    throw printed.flaw(.separator, at: index + 1...index + 1)
                }
            } else {
                digits.append(try printed.number(index + 1...index + 1))
            }
        }
        guard (12...19).contains(digits.count) else { throw CodeFlaw(BankCard.name, .length) }
        guard CheckCharacter.luhn(digits) else { throw CodeFlaw(BankCard.name, .check) }
        self.digits = digits.map(String.init).joined()
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension BankCard: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(BankCard.name)（已隐去）" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
