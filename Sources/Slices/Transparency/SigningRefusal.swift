import Foundation

/// Why the head of the log is not signed, and since when (停止签名).
///
/// It stands in the log's folder, so that pages and commands tell what another process was refused.
package struct SigningRefusal: Sendable, Codable, Hashable {
    package let code: String
    /// Chinese, for everybody: no path of the machine stands in it.
    package let detail: String
    /// UTC.
    package let since: String

    /// - Parameter since: UTC.
    package init(_ problem: LogProblem, since: String) {
        code = problem.code
        detail = problem.publicDetail
        self.since = since
    }
}

extension LogFolder {
    private var refusalFile: DurableFile { DurableFile(path: path + "/refused.json") }

    /// nil while nothing is refused.
    ///
    /// - Throws: `LogProblem.folderUnusable` when the file is there and cannot be read.
    package func signingRefusal() throws -> SigningRefusal? {
        guard let bytes = try refusalFile.read() else { return nil }
        do {
            return try JSONDecoder().decode(SigningRefusal.self, from: Data(bytes))
        } catch {
            throw LogProblem.folderUnusable(refusalFile.path)
        }
    }

    /// Keeps why signing is refused; of the same refusal, since when it was refused first.
    package func keep(_ problem: LogProblem, at now: String) throws {
        if try signingRefusal()?.code == problem.code { return }
        let refusal = SigningRefusal(problem, since: now)
        try refusalFile.write(Array(JSONEncoder().encode(refusal)))
    }

    /// Signing goes on.
    func endRefusal() throws {
        guard try refusalFile.read() != nil else { return }
        do {
            try FileManager.default.removeItem(atPath: refusalFile.path)
        } catch {
            throw LogProblem.folderUnusable(refusalFile.path)
        }
    }
}

extension LogProblem {
    /// The same as `detail`, without what is only the operator's business.
    fileprivate var publicDetail: String {
        switch self {
        case .folderUnusable, .keyFileTooShort, .folderInUse: "日志目录或者其中的文件暂时不能使用，原因见运行记录。停止签名。"
        default: detail
        }
    }
}
