import Law

/// Why the log does not go on, or cannot answer.
package enum LogProblem: Refusal, Hashable {
    /// There is no log yet.
    case notStarted
    /// The keys are sealed with another secret.
    case locked
    case keyFileTooShort(String)
    /// New keys would be sealed with it.
    case passphraseTooShort
    case folderUnusable(String)
    /// Another process works in the folder.
    case folderInUse(String)
    /// The database holds fewer leaves than were signed.
    case databaseOlder(signed: Int, found: Int)
    /// The database holds other leaves than were signed.
    case otherHistory(size: Int)
    /// The journal holds less than the log tells of.
    case journalCut
    /// The log began anew, and nothing was written of it yet.
    case notFollowed(String)
    /// The audit before the end of a log found a difference; its detail.
    case auditFound(String)
    /// The keys are of another journal epoch than the database.
    case otherEpoch
    /// The database has a log of this name, and its keys are not in the folder.
    case keysMissing(String)
    /// The database tells of keys of this log that the folder does not have: another folder signs it, or did.
    case keysOfAnother(String)
    /// Heads were signed, and the last of them is not in the folder.
    case signedHeadMissing(size: Int)
    /// The clock stands before the time of the last signed head; seconds since 1970 UTC.
    case clockBehind(signed: Int, now: Int)
    /// The clock of whoever acts stands before the time of the last signed head; seconds since 1970 UTC.
    case actBehind(signed: Int, now: Int)
    /// A witness, by the name of its key, holds another head of this log, or a newer one.
    case contradicted(witness: String, status: Int)
    case nameUnusable(String)
    /// Another process writes the log.
    case heldElsewhere
    /// A log that an earlier program wrote has a gap before this leaf.
    case leafMissing(Int)
    case nothingLogged(String)
    case notCovered(String)
    /// No tile or bundle stands under this address, or the last signed head does not cover it.
    case noSuchTile(String)
    /// The log of this epoch is not, or no longer, the one that is served.
    case noSuchEpoch(String)
    case noSuchLeaf(String)
    /// What an edition said is not, or no longer, for everybody to read.
    case noRecord(String)
    /// What the database holds of an edition is not what was logged.
    case recordDiffers(String)
    /// The files of the keys, or of logs that have ended, cannot be read just now; the reason is the operator's.
    case keysAway

    package var kind: RefusalKind {
        switch self {
        case .notStarted, .nothingLogged, .notCovered, .noSuchTile, .noSuchEpoch, .noSuchLeaf,
            .noRecord:
            .notFound
        case .keysAway: .later
        case .locked, .folderUnusable: .forbidden
        case .databaseOlder, .otherHistory, .otherEpoch, .keysMissing, .keysOfAnother, .signedHeadMissing,
            .clockBehind, .actBehind, .contradicted, .journalCut, .notFollowed, .auditFound, .recordDiffers,
            .heldElsewhere, .folderInUse, .leafMissing:
            .conflict
        case .keyFileTooShort, .passphraseTooShort, .nameUnusable: .invalid
        }
    }

    package var code: String {
        switch self {
        case .notStarted: "log-not-started"
        case .locked: "log-locked"
        case .keyFileTooShort: "log-key-file-too-short"
        case .passphraseTooShort: "log-passphrase-too-short"
        case .folderUnusable: "log-folder-unusable"
        case .folderInUse: "log-folder-in-use"
        case .databaseOlder: "log-database-older"
        case .otherHistory: "log-other-history"
        case .otherEpoch: "log-other-epoch"
        case .keysMissing: "log-keys-missing"
        case .keysOfAnother: "log-keys-of-another"
        case .signedHeadMissing: "log-signed-head-missing"
        case .clockBehind: "log-clock-behind"
        case .actBehind: "log-act-behind"
        case .contradicted: "log-contradicted"
        case .journalCut: "log-journal-cut"
        case .notFollowed: "log-not-followed"
        case .auditFound: "log-audit-found"
        case .nameUnusable: "log-name-unusable"
        case .heldElsewhere: "log-held-elsewhere"
        case .leafMissing: "log-leaf-missing"
        case .nothingLogged: "log-nothing-logged"
        case .notCovered: "log-not-covered"
        case .noSuchTile: "log-no-such-tile"
        case .noSuchEpoch: "log-no-such-epoch"
        case .noSuchLeaf: "log-no-such-leaf"
        case .noRecord: "log-no-record"
        case .recordDiffers: "log-record-differs"
        case .keysAway: "log-keys-away"
        }
    }

    package var detail: String {
        switch self {
        case .notStarted: "透明日志尚未启用；首次 sundial serve 时建立密钥并启用。"
        case .locked: "打不开日志密钥：口令（SUNDIAL_LOG_PASSPHRASE）或者密钥文件与封存时不同；请使用原来的口令或者文件。"
        case .keyFileTooShort(let path): "密钥文件 \(path) 不足 32 字节，不能用来封存日志密钥。"
        case .passphraseTooShort:
            "口令（SUNDIAL_LOG_PASSPHRASE）不足 \(UnlockSecret.passphraseCharactersMin) 个字符：拿到密钥文件的人可以逐个试出来，然后以本日志的名义签名。"
                + "请换长一些的口令，或者不设口令而用密钥文件。"
        case .folderUnusable(let path): "日志目录或者文件 \(path) 不能读写，或者内容已损坏；请检查权限和磁盘空间，或者由备份放回。"
        case .folderInUse(let path): "另一个进程正在使用 \(path)；请先停止它。"
        case .databaseOlder(let signed, let found):
            "日志已签名到第 \(signed) 条，数据库里只有 \(found) 条：数据库被换成了较早的状态。为免出现两套历史，停止签名；"
                + "请换回原数据库，或者用 sundial log restart 以新的纪元重新开始，并公告原因。"
        case .otherHistory(let size):
            "日志已签名到第 \(size) 条，数据库里的前 \(size) 条与签名不符：历史被改动过。停止签名；"
                + "请用 sundial log verify 找出第一处不同。"
        case .otherEpoch: "数据库已换成新的日志纪元，而密钥属于原来的纪元；请用 sundial log restart 以新的纪元开始。"
        case .keysMissing(let name):
            "数据库里已有日志“\(name)”，而日志目录里没有它的密钥。为免出现两套历史，不另建密钥，停止签名；"
                + "请放回原来的日志目录，或者用 sundial log restart 以新的纪元重新开始，并公告原因。"
        case .keysOfAnother(let name):
            "日志“\(name)”有这个日志目录里没有的密钥：另有一个日志目录在签名，或者这里的密钥是较早的备份。停止签名；"
                + "各进程须用同一个日志目录，否则用 sundial log restart 以新的纪元重新开始。"
        case .signedHeadMissing(let size):
            "日志已签名到第 \(size) 条，而日志目录里没有最后签名的头（signed）。为免出现两套历史，停止签名；"
                + "请放回原来的日志目录，或者用 sundial log restart 以新的纪元重新开始，并公告原因。"
        case .clockBehind(let signed, let now):
            "系统时钟比上次签名早 \(signed - now) 秒：签出的时间会倒退，不能证明先后。停止签名；请校准时钟（当时签的时间若错在未来，"
                + "用 sundial log restart 以新的纪元重新开始，并公告原因）。"
        case .actBehind(let signed, let now):
            "系统时钟比日志最近一次签名早 \(signed - now) 秒：照这个时钟记下的，会成为倒签。什么也没有记入；请校准时钟后再试（签名时的时钟若错在未来，"
                + "用 sundial log restart 以新的纪元重新开始，并公告原因）。"
        case .contradicted(let witness, let status):
            "见证方 \(witness) 持有本日志更新的或者另一份树头（HTTP \(status)）：数据目录可能被整体放回到较早的状态。为免出现两套历史，停止签名；"
                + "证据是日志目录里的 contradicted-….json。请换回原来的数据目录；不能的，用 sundial log restart 以新的纪元重新开始，并公告原因；"
                + "查明是见证方有误的，移走该文件。"
        case .journalCut: "留痕比日志短：有已写入日志的留痕被删去。停止写日志；请用 sundial log verify 找出缺失之处。"
        case .notFollowed(let name):
            "日志“\(name)”已经重新开始，数据库里还是上一个日志的条目；请先启动服务，或者 sundial log sign，再核对。"
        case .auditFound(let difference):
            "重新开始之前的核对发现不符：\(difference) 新日志会把它当作原样签名，以后无从分辨；请先查明、由备份改正。查明了仍要重新开始的，"
                + "加 --despite-findings 并用 --reason 说明：/log 上同时公告不符的种类。"
        case .nameUnusable(let name): "“\(name)”不能作日志名称：须为不带空格、加号的网址样式，如 sundial.example/log。"
        case .heldElsewhere: "另一进程正在写日志，或者刚刚中断；运行着的服务会自己签名，否则几秒后再试。"
        case .leafMissing(let index): "较早版本写的日志缺第 \(index) 条，不能整理成条目包；请用原版本的 sundial log verify 查明。"
        case .nothingLogged(let subject): "日志里没有关于“\(subject)”的条目。"
        case .notCovered(let subject): "关于“\(subject)”的条目尚未签名；一秒后再试。"
        case .noSuchTile(let address): "“\(address)”不是哈希块或者条目包的地址，或者超出了已签名的部分。"
        case .noSuchEpoch(let epoch): "这里没有纪元为“\(epoch)”的日志，或者它已经结束；现在的日志见 /log。"
        case .noSuchLeaf(let index): "日志里没有第“\(index)”条，或者它尚未签名。"
        case .noRecord(let subject): "“\(subject)”这一版没有可供下载的记录：没有写入日志、已经撤回，或者内容已依法删除。"
        case .recordDiffers(let subject):
            "“\(subject)”这一版现在的内容与写入日志时不同，不能提供与日志相符的记录；请用 sundial log verify 查明。"
        case .keysAway: "日志目录暂时读不到，请稍后再试。"
        }
    }

    package var clause: String? { nil }
}
