using System.Runtime.CompilerServices;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Trace;

namespace Edgewise.Runtime;

/// <content>Tracing of the sequence of points.</content>
public static unsafe partial class SanitizerCoverage
{
    [ThreadStatic]
    private static TraceCursor* t_trace;

    /// <summary>
    /// <c>__sanitizer_cov_trace_basic_block</c> and <c>__sanitizer_cov_trace_func_enter</c> of 2016: counts the point as <see cref="TracePc"/> does, and
    /// appends it to the trace of the calling thread. After the first event of a thread nothing is allocated. Beyond <c>trace_events</c> of
    /// <c>EDGEWISE_OPTIONS</c> events are counted, and lost.
    /// </summary>
    /// <param name="point">Process-wide number of the point.</param>
    public static void TraceBasicBlock(int point)
    {
        Count((uint)point);
        TraceEvent(point);
    }

    /// <summary>The same for a point that is counted already.</summary>
    /// <param name="point">Process-wide number of the point.</param>
    public static void TraceEvent(int point)
    {
        TraceCursor* cursor = t_trace;
        if (cursor == null || cursor->Next == cursor->End)
        {
            cursor = Continue(cursor);
            if (cursor == null)
            {
                return;
            }
        }

        // The event stands before the cursor passes it: who reads meanwhile sees whole ones.
        Volatile.Write(ref *cursor->Next, (uint)point + 1);
        cursor->Next++;
    }

    /// <summary>A cursor with room; null where the event is lost or nobody traces.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TraceCursor* Continue(TraceCursor* cursor)
    {
        if (cursor == null || cursor->IsFull == 0)
        {
            t_trace = cursor = (TraceCursor*)Host.Ask(MapRequest.TraceCursor, (nint)cursor);
        }

        if (cursor == null)
        {
            return null;
        }

        if (cursor->IsFull != 0)
        {
            ++*cursor->LostCount;
            return null;
        }

        return cursor;
    }
}
