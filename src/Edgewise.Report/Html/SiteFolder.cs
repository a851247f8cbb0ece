using System.Globalization;

namespace Edgewise.Report.Html;

/// <summary>Writes an HTML report into a folder: whole under a temporary name first, so that no reader sees half of one.</summary>
public static class SiteFolder
{
    private const string Mark = "<meta name=\"generator\" content=\"edgewise report\">";

    /// <summary>Tells what speaks against writing to a folder; null for nothing.</summary>
    /// <remarks>An earlier report is replaced. Anything else is somebody's, and stays.</remarks>
    public static string? Refusal(string folder)
    {
        if (File.Exists(folder))
        {
            return $"{folder}: is a file; a folder expected";
        }

        return !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any() || IsReport(folder)
            ? null
            : $"{folder}: has files that are no report; name an empty or a new folder";
    }

    /// <summary>Writes a report, in place of an earlier one.</summary>
    /// <returns>How many files it has.</returns>
    /// <exception cref="ReportException">The folder has something else, or cannot be written; what was there stays.</exception>
    public static int Write(ReportSite site, string folder)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (Refusal(folder) is { } refusal)
        {
            throw new ReportException(refusal);
        }

        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.tmp");
        try
        {
            int count = 0;
            Directory.CreateDirectory(Path.Combine(temporary, "data"));
            foreach (string name in site.Names())
            {
                File.WriteAllBytes(Path.Combine(temporary, name), site.Find(name)!);
                count++;
            }

            Replace(target, temporary);
            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReportException($"{folder}: the report cannot be written: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static bool IsReport(string folder)
    {
        string page = Path.Combine(folder, ReportSite.PageName);
        return File.Exists(page) && File.ReadAllText(page).Contains(Mark, StringComparison.Ordinal);
    }

    // The old report is moved away before it is deleted: whoever fails midway leaves one of the two.
    private static void Replace(string target, string temporary)
    {
        string old = temporary + ".old";
        bool hasOld = Directory.Exists(target);
        if (hasOld)
        {
            Directory.Move(target, old);
        }

        try
        {
            Directory.Move(temporary, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (hasOld)
            {
                Directory.Move(old, target);
            }

            throw;
        }

        if (hasOld)
        {
            Directory.Delete(old, recursive: true);
        }
    }
}
