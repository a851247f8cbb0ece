namespace Edgewise.Showmap.Files;

/// <summary>Reads showmap files.</summary>
public static class ShowmapFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ShowmapException">It is not there, or a line has another form; the message names the line.</exception>
    public static IReadOnlyList<ShowmapLine> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] text;
        try
        {
            text = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ShowmapException($"{path}: cannot be read: {failure.Message}", failure);
        }

        var lines = new List<ShowmapLine>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            ReadOnlySpan<char> line = text[i].AsSpan().Trim();
            if (!line.IsEmpty)
            {
                lines.Add(ShowmapLine.TryParse(line, out ShowmapLine parsed) ? parsed : throw new ShowmapException(
                    $"{path}: line {i + 1}: \"{Shown(line)}\"; expected NAME:COUNT, for example cil_9f86d081884c7d65_000020a4:3"));
            }
        }

        return lines;
    }

    private static string Shown(ReadOnlySpan<char> line)
    {
        const int Most = 80;
        return line.Length <= Most ? line.ToString() : $"{line[..Most]}…";
    }
}
