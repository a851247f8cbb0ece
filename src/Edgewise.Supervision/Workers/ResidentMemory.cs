using System.Diagnostics;

namespace Edgewise.Supervision.Workers;

/// <summary>How much memory a process has at present.</summary>
public static class ResidentMemory
{
    /// <summary>Bytes; 0 for a process that is gone.</summary>
    public static long Of(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return found.WorkingSet64;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }
}
