/// A sum of money as printed, in 分 when its unit is known.
package struct PrintedSum: Sendable, Hashable {
    package enum Doubt: String, Sendable, Hashable, Codable {
        /// No 元 or 万元 stands with it: it is not guessed.
        case noUnit = "sum-without-unit"
        /// A percentage or a price for one unit of something.
        case notASum = "not-a-sum"
        /// More decimals than a 分 has, or more digits than fit.
        case inexact = "sum-inexact"
    }
    /// Hundredths of a yuan (分); nil when in doubt.
    package let fen: Int64?
    package let doubt: Doubt?
}

/// The units that a label, a column head or the sum itself names.
enum SumUnit: Sendable, Hashable {
    case yuan, tenThousandYuan, hundredMillionYuan, percent

    /// 分 in one unit as a power of ten.
    var decimals: Int {
        switch self {
        case .yuan: 2
        case .tenThousandYuan: 6
        case .hundredMillionYuan: 10
        case .percent: 0
        }
    }

    private static let names: [(bytes: [UInt8], unit: SumUnit)] = [
        (Array("亿元".utf8), .hundredMillionYuan), (Array("万元".utf8), .tenThousandYuan),
        (Array("元".utf8), .yuan), (Array("%".utf8), .percent),
    ]

    /// The unit that starts at `at`, and the place after it.
    static func read(_ bytes: [UInt8], at: Int) -> (unit: SumUnit, end: Int)? {
        for (name, unit) in names
        where bytes.count - at >= name.count && bytes[at..<at + name.count].elementsEqual(name) {
            return (unit, at + name.count)
        }
        return nil
    }
}

/// A sum read from folded text.
struct SumReading: Sendable, Hashable {
    let sum: PrintedSum
    let start: Int
    let end: Int

    private static let currency: [[UInt8]] = ["人民币", "￥", "¥"].map { Array($0.utf8) }
    private static let years: [[UInt8]] = ["三年", "两年", "二年", "一年", "年"].map { Array($0.utf8) }

    /// Reads the sum that starts at `start`; nil when no digit stands there.
    ///
    /// - Parameter unit: what the label or the column head says; a unit printed with the sum wins.
    init?(_ bytes: [UInt8], at start: Int, unit: SumUnit?) {
        var at = start
        while at < bytes.count, bytes[at] == 0x0A { at += 1 }
        for word in Self.currency where bytes[at...].starts(with: word) { at += word.count }
        while at < bytes.count, bytes[at] == 0x0A { at += 1 }
        self.start = at
        var digits = SumDigits()
        while at < bytes.count, digits.take(bytes, at) { at += 1 }
        guard digits.count > 0 else { return nil }
        var found = unit
        if let (printed, end) = Self.unit(bytes, at) {
            found = printed
            at = end
        }
        end = at
        if at < bytes.count, bytes[at] == UInt8(ascii: "/"),
            !Self.years.contains(where: { bytes[(at + 1)...].starts(with: $0) })
        {
            sum = PrintedSum(fen: nil, doubt: .notASum)
            return
        }
        switch found {
        case nil: sum = PrintedSum(fen: nil, doubt: .noUnit)
        case .percent: sum = PrintedSum(fen: nil, doubt: .notASum)
        case .some(let unit):
            let fen = digits.fen(decimals: unit.decimals)
            sum = PrintedSum(fen: fen, doubt: fen == nil ? .inexact : nil)
        }
    }

    /// The unit after a number: bare, in brackets, or on the next line in brackets.
    private static func unit(_ bytes: [UInt8], _ start: Int) -> (unit: SumUnit, end: Int)? {
        var at = start
        while at < bytes.count, bytes[at] == 0x0A || bytes[at] == 0x20 { at += 1 }
        if at < bytes.count, bytes[at] == UInt8(ascii: "(") {
            guard let (unit, end) = SumUnit.read(bytes, at: at + 1), end < bytes.count,
                bytes[end] == UInt8(ascii: ")")
            else { return nil }
            return (unit, end + 1)
        }
        return SumUnit.read(bytes, at: at)
    }
}

/// The digits of a sum: thousands separated or not, and decimals.
private struct SumDigits {
    private var whole: Int64 = 0
    private var fraction: [UInt8] = []
    private var inFraction = false
    private var isTooBig = false
    private(set) var count = 0

    mutating func take(_ bytes: [UInt8], _ at: Int) -> Bool {
        let byte = bytes[at]
        if byte.isASCIIDigit {
            count += 1
            if inFraction {
                if fraction.count < 20 { fraction.append(byte - 0x30) } else { isTooBig = true }
            } else {
                let (product, over) = whole.multipliedReportingOverflow(by: 10)
                let (sum, overSum) = product.addingReportingOverflow(Int64(byte - 0x30))
                isTooBig = isTooBig || over || overSum
                whole = sum
            }
            return true
        }
        guard count > 0, at + 1 < bytes.count, bytes[at + 1].isASCIIDigit, !inFraction else { return false }
        if byte == UInt8(ascii: ".") {
            inFraction = true
            return true
        }
        return byte == UInt8(ascii: ",") && isThousand(bytes, at + 1)
    }

    /// Three digits and then no fourth.
    private func isThousand(_ bytes: [UInt8], _ at: Int) -> Bool {
        guard at + 3 <= bytes.count, bytes[at..<at + 3].allSatisfy(\.isASCIIDigit) else { return false }
        return at + 3 == bytes.count || !bytes[at + 3].isASCIIDigit
    }

    /// The value with so many decimals shifted in; nil when that loses a digit or does not fit.
    func fen(decimals: Int) -> Int64? {
        guard !isTooBig else { return nil }
        var value = whole
        for place in 0..<decimals {
            let digit = place < fraction.count ? Int64(fraction[place]) : 0
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, overSum) = product.addingReportingOverflow(digit)
            guard !over, !overSum else { return nil }
            value = sum
        }
        guard fraction.dropFirst(decimals).allSatisfy({ $0 == 0 }) else { return nil }
        return value
    }
}
