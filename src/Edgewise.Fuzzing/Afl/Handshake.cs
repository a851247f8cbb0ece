using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;

namespace Edgewise.Fuzzing.Afl;

/// <summary>The first words between a target and a tool of AFL++: how large the map is, where test cases stand, which words the target knows.</summary>
/// <remarks>
/// All numbers are little-endian words of 32 bits. The old form is what every AFL++ understands; the new one, of 4.20c, is spoken only where a tool takes
/// nothing else.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static unsafe class Handshake
{
    private const uint OldEnabled = 0x80000001;
    private const uint OldMapSize = 0x40000000;
    private const uint OldDictionary = 0x10000000;
    private const uint OldNewCmpLog = 0x02000000;
    private const uint OldSharedInput = 0x01000000;
    private const int OldLargestMap = 1 << 23;

    private const uint Hello = 0x41464c01;
    private const uint NewMapSize = 1;
    private const uint NewSharedInput = 2;
    private const uint NewDictionary = 0x800;

    /// <summary>Speaks with the tool.</summary>
    /// <param name="surroundings">What it is told so far.</param>
    /// <param name="mapSize">Bytes of the coverage map.</param>
    /// <param name="dictionary">Words, each behind its length; empty for none.</param>
    /// <returns>True where test cases stand in shared memory.</returns>
    /// <exception cref="IOException">The tool is gone, or speaks another protocol.</exception>
    public static bool Speak(AflEnvironment surroundings, int mapSize, byte[] dictionary)
    {
        bool sharesInput = surroundings.InputSegment is not null;
        // A tool that does not want a dictionary answers only where it was offered shared test cases too.
        bool offersDictionary = sharesInput && surroundings.WantsDictionary && surroundings.CompareSegment is null && dictionary.Length > 0;
        return surroundings.NeedsNewHandshake || mapSize > OldLargestMap
            ? SpeakNew(mapSize, sharesInput, offersDictionary ? dictionary : [])
            : SpeakOld(mapSize, sharesInput, offersDictionary ? dictionary : []);
    }

    private static bool SpeakOld(int mapSize, bool sharesInput, byte[] dictionary)
    {
        Send(OldEnabled | OldMapSize | OldNewCmpLog | ((uint)(mapSize - 1) << 1)
            | (sharesInput ? OldSharedInput : 0) | (dictionary.Length > 0 ? OldDictionary : 0));
        if (!sharesInput)
        {
            return false;
        }

        uint answer = Receive();
        if ((answer & OldEnabled) != OldEnabled)
        {
            throw new IOException($"AFL++ answered {answer:x8} to the options of the target");
        }

        if (dictionary.Length > 0 && (answer & OldDictionary) != 0)
        {
            Send((uint)dictionary.Length);
            Send(dictionary);
        }

        return (answer & OldSharedInput) != 0;
    }

    private static bool SpeakNew(int mapSize, bool sharesInput, byte[] dictionary)
    {
        Send(Hello);
        uint answer = Receive();
        if (answer != ~Hello)
        {
            throw new IOException($"AFL++ answered {answer:x8} to {Hello:x8}; {~Hello:x8} was expected");
        }

        Send(NewMapSize | (sharesInput ? NewSharedInput : 0) | (dictionary.Length > 0 ? NewDictionary : 0));
        Send((uint)mapSize);
        if (dictionary.Length > 0)
        {
            Send((uint)dictionary.Length);
            Send(dictionary);
        }

        Send(Hello);
        return sharesInput;
    }

    private static void Send(uint word)
    {
        if (!Descriptor.WriteExactly(AflEnvironment.StatusDescriptor, &word, sizeof(uint)))
        {
            throw new IOException("AFL++ does not listen");
        }
    }

    private static void Send(byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            if (!Descriptor.WriteExactly(AflEnvironment.StatusDescriptor, start, bytes.Length))
            {
                throw new IOException("AFL++ does not listen");
            }
        }
    }

    private static uint Receive()
    {
        uint word;
        return Descriptor.ReadExactly(AflEnvironment.ControlDescriptor, &word, sizeof(uint)) ? word : throw new IOException("AFL++ is gone");
    }
}
