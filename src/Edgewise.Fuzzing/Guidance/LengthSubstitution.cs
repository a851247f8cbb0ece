namespace Edgewise.Fuzzing.Guidance;

/// <summary>Makes the input longer or shorter where the target compared what looks like its length, or the length less something read before.</summary>
internal static class LengthSubstitution
{
    private const int MostRead = 64;
    private const int MostFields = 3;
    private const int WidestField = sizeof(int);
    private const int LargestRatio = 2;

    private static ReadOnlySpan<sbyte> Offsets => [-1, 1, 0];

    /// <summary>Tries the lengths at which the observed number would become the wanted one, or a neighbour of it.</summary>
    public static bool Try(ICandidates candidates, ulong observed, ulong wanted)
    {
        if (TryFields(candidates, observed, wanted))
        {
            return true;
        }

        int length = candidates.Baseline.Length, maxLength = candidates.MaxLength;
        if (observed > (ulong)length * LargestRatio || length - (long)observed > MostRead || wanted > (ulong)maxLength)
        {
            return false;
        }

        foreach (sbyte offset in Offsets)
        {
            long target = length + (long)wanted - (long)observed + offset;
            if (target < 0 || target > maxLength || target == length)
            {
                continue;
            }

            if (target < length)
            {
                if (candidates.Try((int)target, length - (int)target, []))
                {
                    return true;
                }
            }
            else if (TryLonger(candidates, (int)target - length))
            {
                return true;
            }
        }

        return false;
    }

    // A field that says how long the part behind it is, and that part.
    private static bool TryFields(ICandidates candidates, ulong observed, ulong wanted)
    {
        // An empty part may stand anywhere.
        if (observed == 0 || observed >= (ulong)candidates.Baseline.Length || wanted > (ulong)candidates.MaxLength)
        {
            return false;
        }

        foreach (NumberForm form in NumberForm.Of(WidestField))
        {
            for (ulong more = 0; more < 2; more++)
            {
                if (wanted + more != observed && form.Fits(observed, WidestField) && form.Fits(wanted + more, WidestField) && TryField(candidates, form, (int)observed, (int)(wanted + more)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool TryField(ICandidates candidates, NumberForm form, int observed, int wanted)
    {
        byte[] pattern = form.Encode((ulong)observed), field = form.Encode((ulong)wanted);
        int start = 0;
        for (int place = 0; place < MostFields; place++)
        {
            ReadOnlySpan<byte> input = candidates.Baseline;
            int found = start <= input.Length ? input[start..].IndexOf(pattern) : -1;
            if (found < 0)
            {
                return false;
            }

            start += found;
            int part = start + form.Bytes;
            if (part + observed <= input.Length)
            {
                byte[] changed = [.. field, .. input.Slice(part, Math.Min(observed, wanted)), .. new byte[Math.Max(0, wanted - observed)]];
                if (candidates.TryPart(start, form.Bytes + observed, changed))
                {
                    return true;
                }
            }

            start++;
        }

        return false;
    }

    // By letters, since texts end at zeros; which are no two alike nearby, so that what is compared later is found at few places.
    private static bool TryLonger(ICandidates candidates, int count)
    {
        const int Letters = 26, Step = 7;
        byte[] more = new byte[count];
        for (int i = 0; i < count; i++)
        {
            more[i] = (byte)((i / Letters % 2 == 0 ? 'A' : 'a') + (((i * Step) + (i / (2 * Letters))) % Letters));
        }

        if (candidates.TryLonger(more))
        {
            return true;
        }

        more.AsSpan().Clear();
        return candidates.TryLonger(more);
    }
}
