using System.Text;

namespace Edgewise.Runtime.Formats.Legacy;

/// <summary>
/// <c>caller-callee.PID.sancov</c>: two lines <c>module 0xoffset</c> a pair, the caller's first. However many methods a place called, all are there.
/// </summary>
public static class CallerCalleeFile
{
    /// <summary>The content of a file.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="stripPathPrefix">What to leave out of paths.</param>
    public static byte[] Encode(IEnumerable<CallPair> pairs, string stripPathPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var text = new StringBuilder();
        foreach (CallPair pair in pairs)
        {
            text.Append(pair.Caller.Line(stripPathPrefix)).Append('\n').Append(pair.Callee.Line(stripPathPrefix)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
