import ArgumentParser

@main
struct Sundial: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sundial",
        abstract: "日晷: the obligation ledger of public resource disclosure (公共资源配置公开义务台账).",
        subcommands: [CalendarCommand.self, CatalogueCommand.self])
}
