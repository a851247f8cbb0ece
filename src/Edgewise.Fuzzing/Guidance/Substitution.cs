using System.Runtime.InteropServices;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>Solves a site by looking for what it compared in the input, also within encoded parts, and putting the other side there.</summary>
internal static class Substitution
{
    /// <summary>Tries all that a site compared; as long as there is progress, with what it compares now, but not beyond where other sites are reached.</summary>
    /// <param name="session">The input, and what it compares.</param>
    /// <param name="site">The site.</param>
    /// <param name="isPaused">True where there may be more to do for the site, after the new ones.</param>
    /// <returns>True if the site became equal once more.</returns>
    public static bool Solve(CompareSession session, int site, out bool isPaused)
    {
        session.Site = site;
        int sites = session.SiteCount;
        bool isSolved = false;
        do
        {
            session.HasProgressed = false;
            foreach (CompareEvent logged in session.Events.Where(logged => logged.Site == site).ToArray())
            {
                if (session.IsOver || Try(session, session, logged) || EncodedParts.Visit(session, part => Try(session, part, logged)))
                {
                    break;
                }
            }

            isSolved |= session.HasProgressed;
        }
        while (session.HasProgressed && !session.IsOver && session.SiteCount <= sites);

        isPaused = session.HasProgressed && !session.IsOver;
        return isSolved;
    }

    private static bool Try(CompareSession session, ICandidates candidates, CompareEvent logged)
    {
        switch (logged.Kind)
        {
            case CompareKind.Numbers:
                return TryNumber(candidates, logged.Right, logged.Left, logged.Width)
                    || (!logged.IsConstant && TryNumber(candidates, logged.Left, logged.Right, logged.Width));
            case CompareKind.Switch:
                return TryCases(session, candidates, logged);
            default:
                bool isText = logged.Kind == CompareKind.Chars;
                int unit = isText ? sizeof(char) : 1;
                byte[] left = session.LeftOf(logged).ToArray(), right = session.RightOf(logged).ToArray();
                return SequenceSubstitution.Try(candidates, left, (int)logged.Left * unit, right, isText)
                    || SequenceSubstitution.Try(candidates, right, (int)logged.Right * unit, left, isText);
        }
    }

    private static bool TryCases(CompareSession session, ICandidates candidates, CompareEvent logged)
    {
        ulong[] values = MemoryMarshal.Cast<byte, ulong>(session.LeftOf(logged)).ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            session.Case = CompareLog.CaseOf(logged.Site, i);
            if (values[i] != logged.Left && TryNumber(candidates, logged.Left, values[i], logged.Width))
            {
                session.Case = -1;
                return true;
            }
        }

        session.Case = -1;
        return false;
    }

    private static bool TryNumber(ICandidates candidates, ulong observed, ulong wanted, int width) =>
        LengthSubstitution.Try(candidates, observed, wanted) || NumberSubstitution.Try(candidates, observed, wanted, width);
}
