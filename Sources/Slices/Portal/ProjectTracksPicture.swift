import CivilTime
import Web

/// The tracks of a project drawn side by side (进程图), those that stand alike once.
struct ProjectTracksPicture: Piece {
    let tracks: [ProjectTrack]
    let today: Day
    let language: Manner.Language

    /// More would be longer than the list that says the same.
    private static let picturesMax = 8

    private struct Group {
        let drawing: TrackDrawing
        var tracks: [ProjectTrack]
    }

    /// Nothing where nothing has a day.
    var html: HTML {
        let groups = groups
        let shown = groups.prefix(Self.picturesMax)
        let days = shown.flatMap(\.drawing.days)
        guard !days.isEmpty, let scale = TimeScale(of: days + [today], along: TrackPicture.Size.line) else {
            return ""
        }
        let pictures = shown.enumerated().map { figure($1, number: $0 + 1, scale) }
        return """
            <h2>进程图</h2>
            <div class="tracks">\(pictures)</div>
            \(when: groups.count > shown.count, "<p class=\"quiet\">另有 \(groups.count - shown.count) 组标段没有画出，见下面的列表。</p>")
            \(TrackKey(drawings: shown.map(\.drawing)))
            """
    }

    private var groups: [Group] {
        var groups: [Group] = []
        for track in tracks {
            let drawing = TrackDrawing(track)
            if let index = groups.firstIndex(where: { $0.drawing == drawing }) {
                groups[index].tracks.append(track)
            } else {
                groups.append(Group(drawing: drawing, tracks: [track]))
            }
        }
        return groups
    }

    private func figure(_ group: Group, number: Int, _ scale: TimeScale) -> HTML {
        let name = name(group.tracks)
        return """
            <figure class="track">\(when: !name.isEmpty, "<figcaption>\(name)</figcaption>")
            \(TrackPicture(
                drawing: group.drawing, scale: scale, today: today,
                title: name.isEmpty ? "进程图" : "进程图：" + name, id: "track-\(number)", language: language))</figure>

            """
    }

    private func name(_ tracks: [ProjectTrack]) -> String {
        let first = tracks[0]
        if first.lot.isEmpty { return "" }
        if tracks.count == 1 { return "标段 \(first.lot) \(first.title)" }
        let some = tracks.prefix(6).map(\.lot).joined(separator: "、")
        return "标段 \(some)\(tracks.count > 6 ? " 等 \(tracks.count) 个" : "")（进程相同）"
    }
}
