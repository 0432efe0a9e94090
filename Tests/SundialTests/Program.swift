import Foundation

/// The program as a user runs it: a process, its output and its exit code.
struct Program {
    struct Answer: Sendable {
        let code: Int32
        let output: String
        let errors: String

        /// The output as JSON.
        func json<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(Value.self, from: Data(output.utf8))
        }
    }

    /// Beside the test program, in the same build folder.
    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("sundial").path

    let arguments: [String]
    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// - Parameter environment: beside that of the tests.
    init(_ arguments: [String], environment: [String: String] = [:]) {
        self.arguments = arguments
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
    }

    /// Runs to the end.
    static func run(_ arguments: String...) throws -> Answer {
        try run(arguments)
    }

    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Answer {
        let program = Program(arguments, environment: environment)
        try program.process.run()
        // Both pipes are drained before waiting, so that a long answer cannot block the process.
        let output = program.output.fileHandleForReading.readDataToEndOfFile()
        let errors = program.errors.fileHandleForReading.readDataToEndOfFile()
        program.process.waitUntilExit()
        return Answer(
            code: program.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    /// Starts and leaves running; the first line of its output is returned.
    func start() throws -> String {
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data([0x0A]),
            !byte.isEmpty
        {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }

    func terminate() {
        process.terminate()
        process.waitUntilExit()
    }
}

/// Runs what blocks on a thread of its own, so that a server within the tests can answer meanwhile.
func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
}

/// A data folder that is removed afterwards.
func withFolder<Value>(_ work: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "sundial-test-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }
    return try await work(folder.path)
}

/// Notices in the national platform's form, written for these tests.
enum SampleNotices {
    /// One procurement notice; `words` makes its text differ.
    static func row(_ number: Int, words: String = "办公设备") -> String {
        let text = """
            一、项目基本情况\\n项目编号：SLT2026\(number)\\n项目名称：示例项目\(number)\\n采购方式：公开招标\\n预算金额：1200000.00元\\n\
            采购需求：\(words)\\n二、获取招标文件\\n时间：2026年03月02日至2026年03月06日，每天上午9:00至12:00\\n\
            三、提交投标文件截止时间、开标时间和地点\\n截止时间：2026年03月24日09时30分（北京时间）\\n\
            四、凡对本次采购提出询问\\n1.采购人信息\\n名称：示例市示例局\\n2.采购代理机构信息\\n名称：示例招标代理有限公司
            """
        return """
            {"record_id":"t\(number)","title":"示例项目\(number)公开招标公告","publish_date":"2026-03-01 10:00",\
            "region":"示例省","issuer":"示例市示例局","agency":"示例招标代理有限公司","budget":"1,200,000.00元",\
            "project_code":"SLT2026\(number)","source_platform":"示例平台","business_type":"政府采购",\
            "info_type":"采购/资审公告","structured_fields":{},"attachments":[],"original_link":"",\
            "detail_url":"https://example.invalid/\(number)","b_page_url":"","content_text":"\(text)"}
            """
    }

    static func write(_ rows: [String], to folder: String, as name: String = "notices.jsonl") throws -> String
    {
        let path = folder + "/" + name
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}

struct ImportAnswer: Decodable {
    struct File: Decodable {
        struct Finding: Decodable {
            let row: Int
            let code: String
            let detail: String
        }
        let file: String
        let rows, imported, unchanged, refused: Int
        let findings: [Finding]
        let losses: [Loss]?

        struct Loss: Decodable {
            let code: String
        }
    }
    let files: [File]
}
