import ArgumentParser
import CivilTime
import Identifiers
import Law
import Platform

/// `sundial code CODE`: what a code of an organisation, a project or a region says, or which rule it breaks.
struct CodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code",
        abstract: "Read and check a code of an organisation, deal, project or region (编号校验).",
        discussion: """
            The length says which: 18 统一社会信用代码 or 公民身份号码, 15 the old 公民身份号码, 9 or 10 组织机构代码, \
            40 (36 with --class) 统一交易标识码, 24 投资项目统一代码, 6 行政区划代码, 12 to 19 digits also in groups 银行卡号. A code that breaks a rule is refused with \
            the rule and the place. The standards write capital letters; small ones are read as capitals, and the \
            answer says so. A 公民身份号码 or 银行卡号 is not printed again, nor what may be one. That a code passes does not mean that anybody bears it.
            """)

    @Argument(help: "The code as printed.")
    var code: String
    @Option(
        name: .customLong("class"), help: "The class (分类代码) of a 统一交易标识码 printed without it, such as A01.")
    var classCode: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let read: CodeReading
        do throws(CodeFlaw) {
            read = try CodeReading(code, classCode: classCode, today: WallClock().today)
        } catch {
            throw try Printed.refused(UnreadableCode(flaw: error), json: json)
        }
        let answer = try read.answer(regions: RegionTable.builtIn()).noting(code)
        if json { return try Printed.json(answer) }
        Printed.line("\(answer.kind)：\(answer.code)")
        for part in answer.parts { Printed.line("  \(part.name)：\(part.value)") }
    }
}

private struct UnreadableCode: Refusal {
    let flaw: CodeFlaw

    var kind: RefusalKind { .invalid }
    var code: String { "code-\(flaw.rule.rawValue.lowercased())" }
    var detail: String { flaw.sentence }
}

/// A code that passed the rules of its kind.
private enum CodeReading {
    case credit(CreditCode)
    case organization(OrganizationCode)
    case deal(DealCode)
    case investment(InvestmentCode)
    case region(RegionCode)
    case citizen(CitizenNumber)
    case card(BankCard)

    init(_ text: String, classCode: String?, today: Day) throws(CodeFlaw) {
        guard !text.isCardAlone else {
            self = .card(try BankCard(text))
            return
        }
        switch text.unicodeScalars.count {
        case 6: self = .region(try RegionCode(text))
        case 9, 10: self = .organization(try OrganizationCode(text))
        case 24: self = .investment(try InvestmentCode(text))
        case 36, 40: self = .deal(try DealCode(text, classCode: classCode))
        case 15: self = try Self.ofFifteen(text, today)
        default: self = try Self.ofEighteen(text, today)
        }
    }

    /// An old number of a person, or a card: cards of fifteen digits begin with 3, and so do provinces.
    private static func ofFifteen(_ text: String, _ today: Day) throws(CodeFlaw) -> CodeReading {
        let flaw: CodeFlaw
        do throws(CodeFlaw) {
            return .citizen(try CitizenNumber(text, bornBy: today))
        } catch {
            flaw = error
        }
        do throws(CodeFlaw) { return .card(try BankCard(text)) } catch { throw flaw }
    }

    /// An organisation's code, or a person's number: of the same length, with checks that tell them apart.
    ///
    /// What reads like a person's number is never taken for an organisation's before it was tried as one.
    private static func ofEighteen(_ text: String, _ today: Day) throws(CodeFlaw) -> CodeReading {
        if text.looksPersonal { return try Self.personal(text, today) }
        let flaw: CodeFlaw
        do throws(CodeFlaw) {
            return .credit(try CreditCode(text))
        } catch {
            flaw = error
        }
        do throws(CodeFlaw) {
            return .citizen(try CitizenNumber(text, bornBy: today))
        } catch {
            // A region, a day of birth and an order: what fails is the check of a person's number.
            if error.rule == .check { throw error }
        }
        do throws(CodeFlaw) { return .card(try BankCard(text)) } catch { throw flaw }
    }

    /// A person's number; else an organisation's code that only looks like one.
    private static func personal(_ text: String, _ today: Day) throws(CodeFlaw) -> CodeReading {
        let flaw: CodeFlaw
        do throws(CodeFlaw) {
            return .citizen(try CitizenNumber(text, bornBy: today))
        } catch {
            flaw = error
        }
        do throws(CodeFlaw) {
            let code = try CreditCode(text)
            _ = try RegionCode(code.region)
            return .credit(code)
        } catch {
            throw flaw
        }
    }

    struct Answer: Encodable {
        struct Part: Encodable {
            let name: String
            let value: String
        }
        let kind: String
        let code: String
        let parts: [Part]

        /// Says that a code was not written as its standard writes it.
        func noting(_ printed: String) -> Answer {
            guard printed.utf8.contains(where: { (0x61...0x7A).contains($0) }) else { return self }
            let note = Part(name: "写法", value: "含小写字母；标准用大写字母，已按大写读取")
            return Answer(kind: kind, code: code, parts: parts + [note])
        }
    }

    func answer(regions: RegionTable) throws -> Answer {
        switch self {
        case .credit(let code):
            return answer(
                CreditCode.name, code.text.looksPersonal ? "（形似公民身份号码，已隐去）" : code.text,
                [
                    ("登记机关行政区划", try place(code.region, regions)),
                    ("主体标识码", code.text.looksPersonal ? "（已隐去）" : code.organization),
                ])
        case .organization(let code): return answer(OrganizationCode.name, code.description, [])
        case .deal(let code):
            return answer(
                DealCode.name, code.description,
                [
                    ("分类代码", code.classCode), (CreditCode.name, code.party.text),
                    ("日期", code.day.description),
                    ("顺序号", code.serial),
                ])
        case .investment(let code):
            return answer(
                InvestmentCode.name, code.text, [("行政区划", try place(code.region, regions)), ("校验", "只核对了格式")])
        case .citizen(let number):
            return answer(
                CitizenNumber.name, "（已隐去）", [("行政区划", try place(number.region, regions)), ("校验", "相符")])
        case .card(let card):
            return answer(
                BankCard.name, "（已隐去）",
                [("位数", "\(card.digits.count)"), ("校验", "相符；对公账号不按这个规则，持卡人和发卡行没有核对")])
        case .region(let code):
            return answer(RegionCode.name, code.text, [("名称", try place(code.text, regions))])
        }
    }

    private func answer(_ kind: String, _ code: String, _ parts: [(String, String)]) -> Answer {
        Answer(kind: kind, code: code, parts: parts.map { Answer.Part(name: $0.0, value: $0.1) })
    }

    /// A region may have been dissolved since, and a registrar of the whole country has a code of its own.
    private func place(_ text: String, _ regions: RegionTable) throws -> String {
        do throws(CodeFlaw) {
            let code = try RegionCode(text)
            let (now, past) = (regions.path(to: code).joined(), regions.past(of: code))
            guard now.isEmpty else {
                let other = past.filter { $0.name != regions.name(of: code) }
                return now + (other.isEmpty ? "" : "（\(other.map(regions.said).joined(separator: "；"))）")
            }
            return past.isEmpty
                ? "\(text)（现行区划和历年区划中都没有）" : past.map(regions.ended).joined(separator: "；更早为")
        } catch {
            return "\(text)（不是省级以下的区划）"
        }
    }
}

extension RegionTable {
    /// Heirs that are named one by one.
    private static let heirsMax = 4

    /// What a code of today was called before.
    fileprivate func said(_ region: PastRegion) -> String {
        "\(region.years.lowerBound)—\(region.years.upperBound) 年为\(region.name)"
    }

    /// What a code was that is no longer in use, and where its ground is now.
    fileprivate func ended(_ region: PastRegion) -> String {
        let heirs = heirs(of: region)
        let named = heirs.prefix(Self.heirsMax).map { "\($0.text) \(path(to: $0).joined())" }
        let further = heirs.count > Self.heirsMax ? "等 \(heirs.count) 处" : ""
        let now = heirs.isEmpty ? "其后的区划没有记载" : "现为 \(named.joined(separator: "、"))\(further)"
        let years = "\(region.years.lowerBound)—\(region.years.upperBound) 年的区划"
        return "\(path(to: region).joined())（\(years)，\(now)）"
    }
}

extension String {
    /// Digits in a length that no other code has, or in groups: nothing but a card can be meant.
    fileprivate var isCardAlone: Bool {
        let bare = utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        guard bare.allSatisfy({ (0x30...0x39).contains($0) }), (12...19).contains(bare.count) else {
            return false
        }
        return bare.count == utf8.count ? ![15, 18].contains(bare.count) : utf8.count > 10
    }

    /// Seventeen digits and a last one or X, with a year of birth where a person's number has it.
    ///
    /// An organisation's code has there the end of its region and the beginning of its own number, letters mostly.
    fileprivate var looksPersonal: Bool {
        let bytes = Array(utf8)
        guard bytes.count == 18, bytes.dropLast().allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return ["18", "19", "20"].contains(String(decoding: bytes[6...7], as: UTF8.self))
    }
}
