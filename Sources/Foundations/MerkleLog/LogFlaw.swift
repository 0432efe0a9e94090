/// Why bytes are not what the log's formats say they must be, or a proof proves nothing.
///
/// Its words are for people, in Chinese. It never holds the bytes: what comes from outside is not repeated into messages and logs.
package struct LogFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Fault: String, Sendable, Hashable, CaseIterable {
        case treeSize = "树的大小超出范围"
        case leafIndex = "树里没有这个编号的条目"
        case tileAddress = "这不是哈希块的地址"
        case tileLength = "哈希块里的哈希数与地址不符"
        case bundleLength = "条目包里的条目数不对，或者在条目中间断开"
        case entryLength = "一个条目最多 65535 字节"
        case hashLength = "哈希应为 32 字节"
        case subtree = "这不是树的子树"
        case proofLength = "证明里的哈希太多或者太少"
        case proofHash = "由条目和证明得不出树根：条目、位置或者哈希被改动过"
        case base64 = "不是规范的 Base64"
        case number = "不是规范的十进制数（前面没有零）"
        case textLength = "文本太长"
        case utf8 = "不是 UTF-8 文本"
        case control = "文本里有控制字符"
        case noteForm = "这不是签名文本"
        case signatureLine = "有一行不是签名"
        case signatureCount = "签名太多"
        case keyName = "公钥名称是空的，或者有空格、加号"
        case keyForm = "这不是公钥"
        case keyNumber = "公钥的编号与名称、内容不符：可能抄错了"
        case weakKey = "公钥无效：任何人都能用它签名"
        case keyRefused = "签名与签名文本不符：文本或者签名被改动过"
        case noKnownKey = "没有所给公钥的签名"
        case checkpointForm = "签名文本不是树头"
        case otherLog = "这是另一个日志的树头"
        case proofForm = "这不是日志回执，或者不完整"
        case requestForm = "这不是对见证方的请求"
        case answerForm = "这不是见证方的答复"
        case timeRange = "签名的时间超出范围"
    }

    package let fault: Fault
    /// The line of the text, from 1; nil for the whole.
    package let line: Int?

    package init(_ fault: Fault, line: Int? = nil) {
        self.fault = fault
        self.line = line
    }

    package var description: String { line.map { "第 \($0) 行：\(fault.rawValue)" } ?? fault.rawValue }
}
