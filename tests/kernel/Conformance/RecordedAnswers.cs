using System.Globalization;
using System.Text;

namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>Answers of a kernel to the checks, as text.</summary>
/// <remarks>
/// Lines: <c>check NAME</c> begins a check. <c>CALL = ANSWER</c> is a call and its answer, where the descriptors of a check are numbered from 1 on. <c>memory DEVICE OFFSET FROM WORDS</c> behind it
/// is what has changed in a mapped area: words in hex from a number on, each as the difference to the one before.
/// </remarks>
public sealed class RecordedAnswers
{
    /// <summary>What the first line of a check begins with.</summary>
    public const string Check = "check";

    /// <summary>What a line of memory begins with.</summary>
    public const string Memory = "memory";

    private const string Answer = " = ";

    private readonly Dictionary<string, List<RecordedCall>> _checks = [];

    /// <summary>Names of the checks.</summary>
    public IReadOnlyCollection<string> Names => _checks.Keys;

    /// <summary>Reads the text.</summary>
    /// <param name="text">All lines.</param>
    /// <param name="source">Name for messages.</param>
    /// <exception cref="FormatException">A line is none; the message tells which.</exception>
    public static RecordedAnswers Read(string text, string source)
    {
        var answers = new RecordedAnswers();
        List<RecordedCall>? calls = null;
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            if (line.StartsWith(Check + " ", StringComparison.Ordinal))
            {
                if (!answers._checks.TryAdd(line[(Check.Length + 1)..], calls = []))
                {
                    throw new FormatException($"{source}, line {number}: the check is there twice");
                }
            }
            else if (calls is null || !TryRead(line, calls))
            {
                throw new FormatException($"{source}, line {number}: '{Check} NAME', 'CALL = ANSWER' or '{Memory} DEVICE OFFSET FROM WORDS' expected");
            }
        }

        return answers;
    }

    /// <summary>The calls of a check; null where it was not recorded.</summary>
    public IReadOnlyList<RecordedCall>? CallsOf(string check) => _checks.GetValueOrDefault(check);

    /// <summary>Words as they stand in the text.</summary>
    public static string Encode(ReadOnlySpan<ulong> words)
    {
        StringBuilder text = new();
        ulong before = 0;
        foreach (ulong word in words)
        {
            long difference = (long)(word - before);
            text.Append(text.Length == 0 ? "" : ",").Append(difference < 0 ? "-" : "").Append((difference < 0 ? 0 - (ulong)difference : (ulong)difference).ToString("x", CultureInfo.InvariantCulture));
            before = word;
        }

        return text.ToString();
    }

    private static bool TryRead(string line, List<RecordedCall> calls)
    {
        if (line.StartsWith(Memory + " ", StringComparison.Ordinal))
        {
            string[] parts = line.Split(' ');
            if (calls.Count == 0 || parts.Length != 5 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int device)
                || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
                || !int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out int from) || !TryDecode(parts[4], out ulong[] words))
            {
                return false;
            }

            calls[^1].Memory.Add(new RecordedMemory(device, offset, from, words));
            return true;
        }

        int split = line.LastIndexOf(Answer, StringComparison.Ordinal);
        if (split <= 0 || !int.TryParse(line[(split + Answer.Length)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int answer))
        {
            return false;
        }

        calls.Add(new RecordedCall(line[..split], answer, []));
        return true;
    }

    private static bool TryDecode(string text, out ulong[] words)
    {
        string[] parts = text.Length == 0 ? [] : text.Split(',');
        words = new ulong[parts.Length];
        ulong before = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            bool isNegative = parts[i].StartsWith('-');
            if (!ulong.TryParse(isNegative ? parts[i][1..] : parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong difference))
            {
                return false;
            }

            words[i] = before += isNegative ? 0 - difference : difference;
        }

        return true;
    }
}
