namespace Edgewise.Fuzzing.Mutation;

/// <summary>The ways in which an input is changed: those of libFuzzer, under its names, and of AFL's havoc stage those that libFuzzer has not. The numbers stand in files.</summary>
public enum Mutator : byte
{
    /// <summary>Takes some bytes out.</summary>
    EraseBytes = 0,

    /// <summary>Puts a byte in.</summary>
    InsertByte = 1,

    /// <summary>Puts one byte in several times.</summary>
    InsertRepeatedBytes = 2,

    /// <summary>Gives a byte another value.</summary>
    ChangeByte = 3,

    /// <summary>Turns a bit over.</summary>
    ChangeBit = 4,

    /// <summary>Shuffles up to eight bytes.</summary>
    ShuffleBytes = 5,

    /// <summary>Changes a decimal number.</summary>
    ChangeASCIIInt = 6,

    /// <summary>Changes a binary number of 1, 2, 4 or 8 bytes, in either byte order.</summary>
    ChangeBinInt = 7,

    /// <summary>Copies a part of the input elsewhere in it.</summary>
    CopyPart = 8,

    /// <summary>Crosses it with another entry.</summary>
    CrossOver = 9,

    /// <summary>Puts in a word of the user's dictionary.</summary>
    ManualDict = 10,

    /// <summary>Puts in a word that helped before.</summary>
    PersAutoDict = 11,

    /// <summary>Puts in what the target compared with lately.</summary>
    CMP = 12,

    /// <summary>Puts a number in that is often at an edge: 0, -1, 127, 32,768 … (AFL's interesting values).</summary>
    InterestingInt = 13,

    /// <summary>What the target's own mutator did.</summary>
    Custom = 14,

    /// <summary>What the target's own cross-over did.</summary>
    CustomCrossOver = 15,

    /// <summary>Made by the compare stage: what one side of a comparison had was replaced by the other side.</summary>
    InputToState = 16,

    /// <summary>Changes the value of one parameter of the target as its kind is: a number as a whole, a text without moving the others.</summary>
    TypedValue = 17,
}
