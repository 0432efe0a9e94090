import ArgumentParser
import Foundation
import Law
import Logging
import Platform
import Transparency

/// `sundial log witness`: cosigns the heads of other logs.
struct LogWitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Be a witness (见证方): cosign the heads of other logs that only grew.",
        discussion: """
            Serves POST /add-checkpoint (C2SP tlog-witness). The list has a line for each key, ORIGIN KEY, and is read at \
            the start. The witness's own key is made at the first start, which needs --name, and opened as a log's: by \
            SUNDIAL_LOG_PASSPHRASE, by the file that SUNDIAL_LOG_KEY_FILE names, or by the file unlock.key in the folder. \
            What was cosigned is kept in the folder before the cosignature goes out; two heads of one size are kept there \
            as fork-….txt.
            """)

    @Option(help: "The folder of the witness's key and state; made when it is missing.")
    var into: String
    @Option(help: "The file that lists the logs.")
    var logs: String
    @Option(help: "The name of the witness's key, as an address without scheme: witness.example/w.")
    var name: String?
    @OptionGroup var address: AddressOptions

    func run() async throws {
        guard let bytes = FileManager.default.contents(atPath: logs), bytes.count <= 4_194_304,
            let list = String(validating: bytes, as: UTF8.self)
        else { throw ValidationError("--logs: \(logs) cannot be read, is over 4 MiB, or is not UTF-8.") }
        do {
            let (witness, keyring) = try await open(list)
            let server = WitnessServer(witness: witness).server(
                host: address.host, port: address.port, logger: .ofServers)
            try await server.run { port in
                Printed.line("见证方已启动 · The witness is serving: http://\(address.host):\(port)")
                for key in keyring.publicKeys where key.retiredAt.isEmpty {
                    Printed.line("  公钥 \(key.publicKey)")
                }
            }
        } catch let refusal as any Refusal {
            throw try Printed.refused(refusal, json: false)
        }
    }

    private func open(_ list: String) async throws -> (witness: Witness, keyring: LogKeyring) {
        let folder = WitnessFolder(path: into)
        let isNew = try folder.log.keyring() == nil
        guard !isNew || name != nil else { throw ValidationError("--name is needed at the first start.") }
        let environment = ProcessInfo.processInfo.environment
        let secret = try folder.log.secret(
            passphrase: environment["SUNDIAL_LOG_PASSPHRASE"], keyFile: environment["SUNDIAL_LOG_KEY_FILE"])
        let clock = WallClock()
        return try await Witness.open(
            folder, logs: ListedLog.list(list), name: name, secret: secret, seconds: { clock.now },
            now: WallClock.instant(clock.now))
    }
}
