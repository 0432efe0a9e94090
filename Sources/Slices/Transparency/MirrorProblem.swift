import Law

/// Why a mirror does not take over what a log serves (镜像问题).
package enum MirrorProblem: Refusal, Hashable {
    case noAnswer(String, OutboundProblem)
    case status(String, Int)
    /// The checkpoint is none, or nobody whose key is known signed it.
    case checkpoint(String)
    case otherLog(found: String, expected: String)
    case tooManyLeaves(Int, limit: Int)
    case tooManyBytes(limit: Int)
    /// The source serves something else than was signed.
    case altered(MirrorDifference)
    /// The copy in the folder is not what the last checkpoint in it signs.
    case copyDamaged(String)
    /// Two signed heads that cannot both be of one history.
    case forked(first: Int, second: Int, evidence: String)
    /// A signed head with fewer leaves than one that was signed before; both are of one history.
    case shrunken(first: Int, second: Int, evidence: String)

    package var kind: RefusalKind {
        switch self {
        case .noAnswer, .status: .later
        case .checkpoint, .otherLog: .invalid
        case .tooManyLeaves, .tooManyBytes: .tooMuch
        case .altered, .copyDamaged, .forked, .shrunken: .conflict
        }
    }

    package var code: String {
        switch self {
        case .noAnswer: "mirror-no-answer"
        case .status: "mirror-status"
        case .checkpoint: "mirror-checkpoint"
        case .otherLog: "mirror-other-log"
        case .tooManyLeaves: "mirror-too-many-leaves"
        case .tooManyBytes: "mirror-too-many-bytes"
        case .altered: "mirror-altered"
        case .copyDamaged: "mirror-copy-damaged"
        case .forked: "mirror-forked"
        case .shrunken: "mirror-shrunken"
        }
    }

    package var detail: String {
        switch self {
        case .noAnswer(let place, let problem): "\(place)：\(problem.detail)；稍后再试。"
        case .status(let place, let status): "\(place)：对方答复 HTTP \(status)，本应为 200。"
        case .checkpoint(let flaw): "检查点不能采信：\(flaw)。请核对 --key 是否为该日志公布的公钥。"
        case .otherLog(let found, let expected): "检查点属于日志“\(found)”，而公钥属于“\(expected)”。"
        case .tooManyLeaves(let size, let limit): "日志有 \(size) 条，超过镜像的上限 \(limit) 条。"
        case .tooManyBytes(let limit): "本次下载超过 \(limit) 字节；已核对的部分已保存，再次运行即可继续。"
        case .altered(let difference): difference.detail
        case .copyDamaged(let place): "本地副本的 \(place) 与其中保存的检查点不符：副本被改动过或者损坏；请换一个文件夹重新镜像。"
        case .forked(let first, let second, let evidence):
            "日志分叉：对第 \(first) 条和第 \(second) 条签名的两个检查点不属于同一历史。两个检查点已写入 \(evidence)。"
        case .shrunken(let first, let second, let evidence):
            "日志变短：曾签名到第 \(first) 条，现在提供的检查点只到第 \(second) 条（是较早的状态，内容一致）。两个检查点已写入 \(evidence)。"
        }
    }

    package var clause: String? { nil }
}

/// The first thing that a log serves otherwise than it was signed, or than it was served before (不符之处).
package enum MirrorDifference: Sendable, Hashable {
    /// The entry's bytes do not have the hash that was signed.
    case entry(leaf: Int, in: TileName)
    /// A hash of a tile is not the one that was signed.
    case tile(TileName, hash: Int?)
    /// Entries and hash tile contradict one another at that leaf; which of them was altered cannot be told.
    case entryOrTile(leaf: Int, in: TileName)
    /// A bundle or tile that is not in its form.
    case form(TileName, flaw: String)
    /// What the site gives as the record of an edition is not what the leaf has the hash of.
    case record(leaf: Int, of: String)
    /// Everything fits together, and not to the signed root.
    case root(size: Int)

    package var detail: String {
        switch self {
        case .entry(let leaf, let name): "第 \(leaf) 条与签名不符：\(name) 中该条目的字节被改动过。"
        case .tile(let name, let hash?): "\(name) 的第 \(hash) 个哈希与签名不符：该哈希块被改动过。"
        case .tile(let name, nil): "\(name) 与签名不符：该哈希块被改动过。"
        case .entryOrTile(let leaf, let name): "第 \(leaf) 条：\(name) 的条目与哈希块互相矛盾，其中之一被改动过。"
        case .form(let name, let flaw): "\(name) 的格式不对：\(flaw)。"
        case .record(let leaf, let publication): "第 \(leaf) 条：公开信息 \(publication) 现在的内容与写入日志的哈希不符，被改动过。"
        case .root(let size): "第 \(size) 条处签名的根哈希与所提供的条目、哈希块都不符。"
        }
    }
}

/// The address of a tile as it is written: `tile/entries/000`.
package typealias TileName = String
